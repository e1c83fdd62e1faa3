"""Plain workers killed at named points and at random, for each store and mode."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hookseal.claims import PostgresClaims, SqliteClaims

from . import guarded, ledger, naive
from .death import Death, Point
from .deliveries import Deliveries
from .mutants import broken
from .outcome import Outcome
from .pool import Make, Pool
from .servers import PostgreSQL, Redis

_POINTS = (Point.TAKEN, Point.CLAIMED, Point.PAID, Point.SETTLED)
_CHANCE = 0.02
_RANDOM = 0.12
# Where few kills have to do.
_CHANCE_OF_NAIVE = 0.1


@dataclass
class Case:
    """`bound` is what is allowed: `none` (one transaction), `window` (lease), or what a control
    must do: `loses`, `doubles`, `early`. `fault` is what is broken in the texts."""

    name: str
    make: Make
    bound: str
    in_sqlite: bool = False
    fault: tuple[str, str, str] | None = None

    @property
    def is_control(self) -> bool:
        return self.is_naive or self.bound == "early"

    @property
    def is_naive(self) -> bool:
        return self.bound in ("loses", "doubles")


class Stage:
    """The servers, a file for SQLite, and the tables in them."""

    def __init__(self, postgresql: PostgreSQL, redis: Redis) -> None:
        self.postgresql = postgresql
        self.redis = redis
        self.file = postgresql.folder.parent / f"{postgresql.folder.name}.db"

    def clear(self) -> None:
        with self.postgresql.connect() as connection:
            for table in ("payments", "marks", "hookseal_claims"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(ledger.SCHEMA)
            connection.execute(naive.MarkFirstInSql.MARKS)
        PostgresClaims(self.postgresql.url).setup()
        with self.postgresql.connect() as connection:
            connection.execute("CHECKPOINT")  # also a server that forgets must keep the tables
        self.redis.connect().flushall()
        self.remove()
        SqliteClaims(self.file).setup()
        with sqlite3.connect(self.file) as file:
            file.execute(ledger.SCHEMA)

    def remove(self) -> None:
        for each in Path(self.file.parent).glob(f"{self.file.name}*"):
            each.unlink()

    def cases(self) -> list[Case]:
        database, cache, file = self.postgresql.url, self.redis.url, str(self.file)
        return [
            Case("PostgreSQL, one transaction", _with(guarded.WithinPostgreSQL, database), "none"),
            Case("SQLite, one transaction", _with(guarded.WithinSqlite, file), "none", True),
            Case("Redis, lease", _with(guarded.leased_in_redis, cache, database), "window"),
            Case(
                "PostgreSQL, lease",
                _with(guarded.leased_in_postgresql, database, database),
                "window",
            ),
            Case("SQLite, lease", _with(guarded.leased_in_sqlite, file, database), "window"),
            Case("control: Redis, mark first", _with(naive.MarkFirst, cache, database), "loses"),
            Case("control: Redis, mark after", _with(naive.MarkAfter, cache, database), "doubles"),
            Case("control: PostgreSQL, mark first", _with(naive.MarkFirstInSql, database), "loses"),
            Case(
                "control: PostgreSQL, mark after", _with(naive.MarkAfterInSql, database), "doubles"
            ),
            Case(
                "control: Redis, a lease that nobody heeds",
                _with(guarded.leased_in_redis, cache, database),
                "early",
                fault=("claim", "if lease_until > now then", "if false then"),
            ),
            Case(
                "control: PostgreSQL, a lease that nobody heeds",
                _with(guarded.leased_in_postgresql, database, database),
                "early",
                fault=("claim", "AND held.lease_until <= clock_timestamp()", ""),
            ),
        ]


def killed(stage: Stage, case: Case, kills: int, workers: int = 8) -> Outcome:
    stage.clear()
    started = time.monotonic()
    with broken(*case.fault) if case.fault else nullcontext():
        pool = Pool(
            case.make,
            workers=workers,
            chances=dict.fromkeys(_POINTS, _CHANCE_OF_NAIVE if case.is_naive else _CHANCE),
            random_kills=0 if case.is_naive else _RANDOM,
        )
        deliveries = Deliveries(lambda: pool.kills < kills)
        pool.run(deliveries)
    seconds = time.monotonic() - started
    verdict, extra = compare(stage, case, deliveries.events)
    outcome = Outcome(
        "kills of workers",
        case.name,
        {
            "events": verdict.events,
            "deliveries": deliveries.attempts,
            "kills": pool.kills,
            **{f"while {name}": count for name, count in _phases(pool.killed_at).items()},
            "outlived the lease": pool.board.counted(Death.NOT_OURS),
            "taken over early": pool.board.counted(Death.EARLY),
            "lost": verdict.lost,
            "doubled": verdict.doubled,
            "per second": round(deliveries.attempts / seconds),
        },
    )
    judge(outcome, case, verdict, extra, pool)
    outcome.expect(pool.kills >= kills, "too few kills")
    outcome.expect(not deliveries.is_stuck, "deliveries that nobody takes")
    return outcome


def compare(stage: Stage, case: Case, events: int) -> tuple[ledger.Verdict, dict[int, int]]:
    """The verdict of the ledger, and what it holds too often."""
    if case.in_sqlite:
        with sqlite3.connect(stage.file) as file:
            extra = ledger.doubles(file.execute(ledger.DOUBLED))
        return ledger.in_sqlite(stage.file, events), extra
    with stage.postgresql.connect() as connection:
        extra = ledger.doubles(connection.execute(ledger.DOUBLED).fetchall())
        return ledger.in_postgresql(connection, events), extra


def judge(
    outcome: Outcome, case: Case, verdict: ledger.Verdict, extra: dict[int, int], pool: Pool
) -> None:
    outcome.expect(verdict.unknown == 0, "the ledger holds what was not sent")
    if case.bound == "loses":
        outcome.expect_of_control(verdict.lost > 0, "the control lost nothing")
        return
    if case.bound == "doubles":
        outcome.expect_of_control(_unexplained(extra, pool) > 0, "the control doubled nothing")
        return
    early = pool.board.counted(Death.EARLY)
    if case.bound == "early":
        outcome.expect(early > 0, "the control took nothing over early")
        return
    outcome.expect(verdict.lost == 0, "lost")
    outcome.expect(early == 0, "taken over before the end of the lease")
    if case.bound == "none":
        outcome.expect(verdict.doubled == 0, "doubled")
        return
    # Each double has its kill in the window, of the same event; a run that outlived its lease may
    # have made one more.
    outcome.figures["in the window"] = pool.window.total()
    outcome.expect(
        _unexplained(extra, pool) <= pool.board.counted(Death.NOT_OURS),
        "doubled outside the window",
    )


def _unexplained(extra: dict[int, int], pool: Pool) -> int:
    """Doubles of events of which no worker was killed in the window."""
    return sum(max(0, times - pool.window[number]) for number, times in extra.items())


def _phases(killed_at: Counter[Point]) -> dict[str, int]:
    names = {
        Point.TAKEN: "claiming",
        Point.CLAIMED: "claimed",
        Point.PAYING: "paying",
        Point.PAID: "paid",
    }
    return {name: killed_at[point] for point, name in names.items()}


def _with(make: Callable[..., Any], *arguments: str) -> Make:
    return lambda death: make(*arguments, death)
