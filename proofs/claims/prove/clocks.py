"""Workers whose clocks are an hour wrong. `faketime` lies to the process; the store has its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .deliveries import SECRET
from .outcome import Outcome
from .stores import Store

_HOUR = 3600
_LEASE = 2
_TOLERANCE = 300
_SKEWS = (0, -_HOUR, _HOUR)


def available() -> bool:
    return shutil.which("faketime") is not None


class _Skewed:
    """A process of prove.skewed, with its clock so many seconds off."""

    def __init__(self, store: Store, skew: int, is_control: bool) -> None:
        stage = store.stage
        place = {"PostgreSQL": stage.postgresql.url, "Redis": stage.redis.url}[store.name]
        program = [sys.executable, "-m", "prove.skewed", store.name, place]
        self.skew = skew
        self._process = subprocess.Popen(
            ["faketime", "-f", f"{skew:+d}s", *program],
            cwd=Path(__file__).parents[1],
            env={
                **os.environ,
                "PROVE_SECRET": SECRET,
                "PROVE_CONTROL": "1" if is_control else "",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def asked(self, what: str, **more: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"what": what, **more}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def claim(self, number: int) -> Any:
        return self.asked("claim", number=number, now=time.time())

    def close(self) -> None:
        self._process.communicate()


def skewed(store: Store, rounds: int, *, is_control: bool = False) -> Outcome:
    """One worker claims; to the others it is busy until the lease ends by the store's clock, and
    then one of them takes over. In the control a lease is by the clock of who asks."""
    store.stage.clear()
    workers = [_Skewed(store, skew, is_control) for skew in _SKEWS]
    try:
        figures = _claims(workers, rounds)
        ahead = [round(it.asked("clock") - time.time()) for it in workers]
        fresh = [_freshness(it) for it in workers]
    finally:
        for worker in workers:
            worker.close()
    subject = ("control, clock of the worker: " if is_control else "") + store.name
    outcome = Outcome("clocks an hour wrong", subject, {"claims": 3 * rounds, **figures})
    outcome.figures["freshness moves by the skew"] = all(fresh)
    outcome.expect(ahead == list(_SKEWS), "the clocks are not wrong")
    outcome.expect(all(fresh), "freshness did not move by the skew")
    if is_control:
        outcome.expect(figures["taken over too early"] > 0, "the control took nothing over early")
        return outcome
    outcome.expect(figures["taken over too early"] == 0, "taken over before the end of the lease")
    outcome.expect(figures["taken over in time"] == rounds, "not taken over after the lease")
    outcome.expect(figures["old run refused"] == rounds, "an old run completed")
    return outcome


def _claims(workers: list[_Skewed], rounds: int) -> dict[str, int]:
    early = in_time = refused = 0
    order = [workers[number % 3 :] + workers[: number % 3] for number in range(rounds)]
    for number, (first, *others) in enumerate(order):
        assert first.claim(number)["is"] == "run"
        for other in others:
            said = other.claim(number)
            early += said["is"] != "busy" or not 1 <= said["retry_after"] <= _LEASE
    time.sleep(_LEASE + 0.1)
    for number, (first, second, third) in enumerate(order):
        in_time += second.claim(number)["is"] == "run" and third.claim(number)["is"] == "busy"
        refused += not first.asked("complete", number=number)
    return {
        "taken over too early": early,
        "taken over in time": in_time,
        "old run refused": refused,
    }


def _freshness(worker: _Skewed) -> bool:
    """The window is around the worker's own time, and nowhere else."""
    own = time.time() + worker.skew
    inside, outside = _TOLERANCE - 3, _TOLERANCE + 3
    accepted = all(worker.asked("accepts", signed_at=own + by) for by in (-inside, 0, inside))
    stale = (own - outside, own + outside, own + _HOUR, own - _HOUR)
    return accepted and not any(worker.asked("accepts", signed_at=at) for at in stale)
