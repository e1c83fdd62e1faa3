"""Workers in Python, JavaScript and Rust at the same store, at the same time, and killed."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections import Counter
from pathlib import Path

from hookseal import sign

from .deliveries import SECRET, Deliveries, Sent, signed
from .outcome import Outcome
from .pool import Pool
from .worker_kills import Case, Stage, compare

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT.parents[1] / "examples" / "payments" / "express" / "package.json"
# How many times the events that are asked for there may be, until all have taken part.
_MOST_TIMES = 20
# Where `run` has built the programs in Rust.
RUST = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "workers" / "rust" / "target")) / "release"
_COMMANDS = {
    "Python": [sys.executable, str(ROOT / "workers" / "python" / "worker.py")],
    "JavaScript": ["node", str(ROOT / "workers" / "node" / "worker.mjs")],
    "Rust": [str(RUST / "claims-worker")],
}
MODES = {
    "transaction": "PostgreSQL, one transaction",
    "postgresql": "PostgreSQL, lease",
    "redis": "Redis, lease",
}


class Team(Pool):
    """Two workers of each language; one that is killed is started again."""

    def __init__(self, stage: Stage, mode: str, scopes: dict[str, str], kills: float) -> None:
        self.said: dict[str, Counter[str]] = {language: Counter() for language in _COMMANDS}
        self._languages = [*_COMMANDS, *_COMMANDS]
        self._scopes = scopes
        self._environment = {
            **os.environ,
            "SECRET": SECRET,
            "MODE": mode,
            "DATABASE_URL": stage.postgresql.url,
            "REDIS_URL": stage.redis.url,
            "PACKAGES": str(PACKAGES),
        }
        super().__init__(_no_fork, workers=len(self._languages), random_kills=kills)

    @property
    def size(self) -> int:
        return len(self._languages)

    def all_took_part(self) -> bool:
        """Each language has handled an event, and met one that was handled."""
        return all(said["run"] and said["done"] for said in self.said.values())

    def settle(self, deliveries: Deliveries) -> None:
        """Waits for those that were killed just after their last answer to be there again."""
        while heard := self._selector.select(0.5):
            for key, _ in heard:
                self._hear(key.data, deliveries)

    def ask(self, place: int, body: bytes) -> str:
        """What a worker says of one more delivery, where none is under way."""
        self._workers[place].pipe.sendall(_line(body, sign("stripe", SECRET, body)))
        return self._workers[place].pipe.recv(100).decode().split()[1]

    def _request(self, sent: Sent) -> bytes:
        return _line(*signed(sent.number))

    def _status(self, place: int, said: bytes) -> int:
        status, what = said.decode().split()
        self.said[self._languages[place]][what] += 1
        return int(status)

    def _spawn(self, place: int, ours: socket.socket, theirs: socket.socket) -> int:
        language = self._languages[place]
        scope = self._scopes.get(language, "")
        command = _COMMANDS[language]
        both = [(os.POSIX_SPAWN_DUP2, theirs.fileno(), end) for end in (0, 1)]
        environment = {**self._environment, "SCOPE": scope}
        return os.posix_spawnp(command[0], command, environment, file_actions=both)


def together(stage: Stage, mode: str, events: int, *, is_control: bool = False) -> Outcome:
    """All copies of an event go to whatever worker is free. In the control one language has a scope
    of its own, so that it does not know what the others did."""
    stage.clear()
    team = Team(stage, mode, {"Rust": "other"} if is_control else {}, kills=0.01)

    def more() -> bool:
        """So many, and on a busy machine more, until all have taken part."""
        most = events if team.all_took_part() else _MOST_TIMES * events
        return deliveries.events < most

    deliveries = Deliveries(more)
    for place in range(team.size):
        team.ask(place, json.dumps({"id": f"evt_first_{place}"}).encode())  # until all are there
    team.run(deliveries, close=False)
    team.settle(deliveries)
    known, conflicts = ("-", "-") if is_control else _asked(team)
    team.close()
    verdict, _ = compare(stage, Case(mode, _no_fork, ""), deliveries.events)
    outcome = Outcome(
        "three languages, one store",
        ("control, scopes differ: " if is_control else "") + MODES[mode],
        {
            "events": verdict.events,
            "kills": team.kills,
            **{f"runs in {name}": said["run"] for name, said in team.said.items()},
            "known to all": known,
            "conflicts seen by all": conflicts,
            "lost": verdict.lost,
            "doubled": verdict.doubled,
        },
    )
    refused = sum(said["refused"] + said["unavailable"] for said in team.said.values())
    outcome.expect(refused == 0, "a genuine delivery was refused")
    outcome.expect(not deliveries.is_stuck, "deliveries that nobody takes")
    if is_control:
        outcome.expect(verdict.doubled > events // 4, "the control doubled nothing")
        return outcome
    outcome.expect(verdict.lost == 0, "lost")
    allowed = 0 if mode == "transaction" else team.kills
    outcome.expect(verdict.doubled <= allowed, "doubled")
    outcome.expect(team.all_took_part(), "one did nothing")
    outcome.expect(
        known == conflicts == len(team.said) ** 2, "they do not know each other's claims"
    )
    return outcome


def _asked(team: Team) -> tuple[int, int]:
    """What one has handled, each knows; and to each another body under its id is a conflict."""
    known = conflicts = 0
    for first in range(len(team.said)):
        event = {"id": f"evt_asked_{first}", "amount": 1}
        said = team.ask(first, json.dumps(event).encode())
        assert said == "run", said
        for second in range(len(team.said)):
            known += team.ask(second, json.dumps(event).encode()) == "done"
            conflicts += team.ask(second, json.dumps(event | {"amount": 2}).encode()) == "conflict"
    return known, conflicts


def _line(body: bytes, headers: dict[str, str]) -> bytes:
    return headers["stripe-signature"].encode() + b"\t" + body + b"\n"


def _no_fork(_: object) -> object:
    raise NotImplementedError
