"""Forged deliveries, many of them: the store is asked nothing, and memory does not grow."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .client import Drive
from .deliveries import signed
from .examples import Axum, Example
from .outcome import Outcome
from .over_http import Provider, request_of
from .receivers import Receivers

_CONNECTIONS = 16
_MEGABYTE = 1 << 20
# What an allocator or a garbage collector may hold more after the second half than after the first.
_FLAT = 12 * _MEGABYTE


@dataclass
class Forger:
    """Requests that no receiver may take: a wrong signature, none, an old time, another body."""

    left: int
    statuses: Counter[int | None] = field(default_factory=Counter)

    def next(self) -> bytes | float | None:
        if self.left == 0:
            return None
        self.left -= 1
        return random.choice(_FORGED)()

    def request(self, sent: bytes) -> bytes:
        return sent

    def refused(self, sent: bytes) -> None:
        raise RuntimeError("the receiver has gone")

    def answered(self, sent: bytes, status: int | None, retry_after: float | None) -> None:
        self.statuses[status] += 1


def _number() -> int:
    return random.randrange(1_000_000)


def _wrong_signature() -> bytes:
    body, _ = signed(_number())
    claimed = f"t={int(time.time())},v1={random.randbytes(32).hex()}"
    return request_of(body, {"stripe-signature": claimed})


def _other_body() -> bytes:
    _, headers = signed(_number())
    body, _ = signed(_number())
    return request_of(body + b" ", headers)


def _stale() -> bytes:
    return request_of(*signed(_number(), time.time() - 3600))


def _unsigned() -> bytes:
    return request_of(signed(_number())[0], {})


_FORGED: tuple[Callable[[], bytes], ...] = (_wrong_signature, _other_body, _stale, _unsigned)


def flooded(example: Example, forged: int) -> Outcome:
    with _logged(example):
        return _flooded(example, forged)


def _flooded(example: Example, forged: int) -> Outcome:
    example.clear()
    with Receivers(
        example.command, example.environment("claims"), example.folder_of("claims"), count=2
    ) as receivers:
        genuine = Provider(lambda: genuine.events < 20)
        Drive(receivers.ports, _CONNECTIONS, genuine).run()
        _flood(receivers, forged // 2)
        first, before = receivers.memory(), _operations(example)
        statuses = _flood(receivers, forged - forged // 2)
        after, second = _operations(example), receivers.memory()
        control = Provider(lambda: control.events < 1020)
        control.events = 1000  # new ones: what is known already changes nothing
        Drive(receivers.ports, _CONNECTIONS, control).run()
        controlled = _operations(example)
    refused = sum(count for status, count in statuses.items() if status in (400, 401))
    outcome = Outcome(
        "forged flood",
        example.what,
        {
            "forged": forged,
            "refused": f"{refused} of {sum(statuses.values())} counted",
            "store operations": after - before,
            "memory grew by": f"{(second - first) / _MEGABYTE:.1f} MB of {first / _MEGABYTE:.0f}",
            "control: genuine ones are counted": controlled > after,
        },
    )
    outcome.expect(refused == sum(statuses.values()), "a forged delivery was taken")
    outcome.expect(after == before, "the store was asked")
    outcome.expect(second - first < _FLAT, "memory grew")
    outcome.expect(controlled > after, "the control was not counted")
    return outcome


def _flood(receivers: Receivers, count: int) -> Counter[int | None]:
    forger = Forger(count)
    Drive(receivers.ports, _CONNECTIONS, forger).run()
    return forger.statuses


def _operations(example: Example) -> int:
    """What the servers counted of their own: statements and commands; or changes of the file."""
    if isinstance(example, Axum):
        return _changes(example)
    log = (example.postgresql.folder / "log").read_bytes()
    commands = example.redis.connect().info("commandstats")
    asked = sum(int(it["calls"]) for name, it in commands.items() if name not in _OWN)
    return log.count(b"LOG:  statement: ") + log.count(b"LOG:  execute ") + asked


@contextmanager
def _logged(example: Example) -> Iterator[None]:
    """PostgreSQL writes down every statement. (Its statistics come up to ten seconds late.)"""
    with example.postgresql.connect() as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
    try:
        yield
    finally:
        with example.postgresql.connect() as connection:
            connection.execute("ALTER SYSTEM RESET log_statement")
            connection.execute("SELECT pg_reload_conf()")


# What asks for the count; and those in a script are counted as the script is.
_OWN = ("cmdstat_info", "cmdstat_client|setinfo", "cmdstat_hello", "cmdstat_flushall")


def _changes(example: Axum) -> int:
    """Grows with every commit to the file."""
    with sqlite3.connect(example.file) as file:
        pages = int(file.execute("PRAGMA page_count").fetchone()[0])
    log = example.file.with_name(example.file.name + "-wal")
    state = log.stat() if log.exists() else example.file.stat()
    return state.st_mtime_ns + state.st_size + pages
