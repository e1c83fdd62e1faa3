"""The store itself killed, again and again, while workers are in the middle."""

from __future__ import annotations

import random
import time

from . import guarded
from .death import Death
from .deliveries import Deliveries
from .outcome import Outcome
from .pool import Pool
from .servers import PostgreSQL, Redis, Server
from .worker_kills import Case, Stage, compare

# Workers go on for so many seconds between two kills.
_BETWEEN = (0.1, 0.4)


def in_postgresql(kills: int, *, is_control: bool = False) -> Outcome:
    """Claim and effect in one transaction. The control's commits are not on the disk when they are
    answered, so that the server forgets what the provider was told."""
    lazy = {"synchronous_commit": "off", "wal_writer_delay": "10000ms"} if is_control else {}
    with PostgreSQL(**lazy) as postgresql, Redis() as redis:
        stage = Stage(postgresql, redis)
        case = next(it for it in stage.cases() if it.name == "PostgreSQL, one transaction")
        name = "PostgreSQL, fsync, one transaction"
        subject = "control: PostgreSQL, synchronous_commit off" if is_control else name
        outcome = _killed(stage, case, postgresql, subject, kills)
    if is_control:
        outcome.expect_of_control(outcome.figures["lost"] > 0, "the control lost nothing")
    else:
        outcome.expect(outcome.figures["lost"] == 0, "lost")
        outcome.expect(outcome.figures["doubled"] == 0, "doubled")
    return outcome


def in_redis(kills: int, appendfsync: str) -> Outcome:
    """Under a lease; `none` writes nothing, and is the control."""
    with PostgreSQL() as postgresql, Redis(appendfsync) as redis:
        stage = Stage(postgresql, redis)
        case = Case(
            "", lambda death: guarded.leased_in_redis(redis.url, postgresql.url, death), "window"
        )
        is_control = appendfsync == "none"
        subject = (
            "control: Redis, nothing written" if is_control else f"Redis, {appendfsync}, lease"
        )
        outcome = _killed(stage, case, redis, subject, kills)
    figures = outcome.figures
    if is_control:
        outcome.expect(figures["doubled"] > figures["not completed"], "the control doubled nothing")
        return outcome
    outcome.expect(figures["lost"] == 0, "lost")
    # What could not be completed, or only after the lease, runs once more.
    allowed = figures["not completed"] + figures["not ours at complete"]
    if appendfsync == "always":
        outcome.expect(figures["doubled"] <= allowed, "doubled outside the window")
    return outcome


def _killed(stage: Stage, case: Case, store: Server, subject: str, kills: int) -> Outcome:
    stage.clear()
    pool = Pool(case.make)
    deliveries = Deliveries(lambda: store.kills < kills)
    due = time.monotonic()

    def tick() -> None:
        nonlocal due
        if store.kills < kills and time.monotonic() >= due:
            store.restart()
            due = time.monotonic() + random.uniform(*_BETWEEN)

    pool.run(deliveries, tick)
    verdict, _ = compare(stage, case, deliveries.events)
    stage.remove()
    outcome = Outcome(
        "kills of the store",
        subject,
        {
            "events": verdict.events,
            "deliveries": deliveries.attempts,
            "kills": store.kills,
            "answered 503": deliveries.statuses.get(503, 0),
            "not completed": pool.board.counted(Death.NOT_COMPLETED),
            "not ours at complete": sum(map(pool.board.counted, (Death.NOT_OURS, Death.EARLY))),
            "lost": verdict.lost,
            "doubled": verdict.doubled,
        },
    )
    outcome.expect(store.kills >= kills, "too few kills")
    outcome.expect(not deliveries.is_stuck, "deliveries that nobody takes")
    outcome.expect(verdict.unknown == 0, "the ledger holds what was not sent")
    return outcome
