"""Every proof in turn, in a short form or in full. See README.md."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial

from . import (
    by_command,
    clocks,
    days,
    flood,
    load,
    over_http,
    sizes,
    stall,
    store_kills,
    together,
    worker_kills,
)
from .examples import EXAMPLES
from .outcome import Outcome, Report, fired
from .servers import PostgreSQL, Redis
from .stores import all_of
from .worker_kills import Stage

_DAY = 86400
# Numbers of the short form, and of the full one.
_NUMBERS = {
    "kills": (25, 10_000),  # of workers, for each store
    "store-kills": (3, 200),
    "http-kills": (7, 200),  # of receivers, for each example
    "control-kills": (15, 500),
    "stalled": (5, 50),
    "clock-rounds": (3, 60),
    "days": (10, 30),
    "day-events": (150, 3_000),
    "forged": (1_000, 200_000),
    "shared-events": (80, 3_000),
    "keys": (2_000, 100_000),
    "load-rounds": (1, 5),
    "load-seconds": (1, 8),
}

Proof = Callable[["Run"], Iterator[Outcome]]


class Run:
    """The numbers, and the servers that the proofs share."""

    def __init__(self, options: argparse.Namespace, postgresql: PostgreSQL, redis: Redis) -> None:
        self.is_full: bool = options.form == "full"
        self.number: dict[str, int] = {
            name: getattr(options, name.replace("-", "_")) for name in _NUMBERS
        }
        self.postgresql, self.redis = postgresql, redis
        self.stage = Stage(postgresql, redis)
        self.examples = [
            example(postgresql, redis, redis.folder / example.name) for example in EXAMPLES
        ]


def workers(run: Run) -> Iterator[Outcome]:
    for case in run.stage.cases():
        if case.name.startswith("control: PostgreSQL") and not run.is_full:
            continue
        is_main = case.name in (
            "PostgreSQL, one transaction",
            "SQLite, one transaction",
            "Redis, lease",
        )
        kills = run.number["kills"]
        if not is_main:
            kills = run.number["control-kills"] if case.is_control else kills // 5
        killed = partial(worker_kills.killed, run.stage, case, kills)
        yield fired(killed) if case.is_naive else killed()


def store(run: Run) -> Iterator[Outcome]:
    kills = run.number["store-kills"]
    yield store_kills.in_postgresql(kills)
    few = max(kills // 10, 5)
    yield fired(partial(store_kills.in_postgresql, few, is_control=True))
    yield store_kills.in_redis(kills, "always")
    if run.is_full:
        yield store_kills.in_redis(kills, "everysec")
    yield store_kills.in_redis(few, "none")


def stopped(run: Run) -> Iterator[Outcome]:
    for one in all_of(run.stage):
        yield stall.stopped(one, run.number["stalled"])
        if run.is_full or one.name == "Redis":
            yield stall.stopped(one, run.number["stalled"], is_control=True)


def skewed(run: Run) -> Iterator[Outcome]:
    if not clocks.available():
        sys.exit("the clocks are proved with faketime, which is not installed")
    for one in all_of(run.stage)[:2]:  # SQLite's clock is the worker's: it is on one host
        yield clocks.skewed(one, run.number["clock-rounds"])
    yield clocks.skewed(one, run.number["clock-rounds"], is_control=True)


def virtual(run: Run) -> Iterator[Outcome]:
    count, events = run.number["days"], run.number["day-events"]
    for one in all_of(run.stage):
        yield days.passed(one, count, events, 7 * _DAY)
        if run.is_full:
            yield days.passed(one, count, events, 4 * _DAY)
            yield days.passed(one, count, events, _DAY, is_control=True)
    if not run.is_full:
        yield days.passed(one, count, events, _DAY, is_control=True)


def shared(run: Run) -> Iterator[Outcome]:
    for mode in together.MODES if run.is_full else ("transaction", "redis"):
        yield together.together(run.stage, mode, run.number["shared-events"])
    yield together.together(run.stage, "transaction", run.number["shared-events"], is_control=True)


def forged(run: Run) -> Iterator[Outcome]:
    for example in run.examples:
        yield flood.flooded(example, run.number["forged"])


def http(run: Run) -> Iterator[Outcome]:
    kills = run.number["http-kills"]
    haste = 1 if run.is_full else 8
    for example in run.examples:
        yield by_command.sent(example, 4)
        for guard in over_http.GUARDS:
            if guard.must_lose or guard.must_double:
                few = max(kills // 10, 5)
                yield fired(partial(over_http.killed, example, guard, few, haste * 4))
            else:
                yield over_http.killed(example, guard, kills, haste)


def measured(run: Run) -> Iterator[Outcome]:
    rounds, seconds = run.number["load-rounds"], run.number["load-seconds"]
    for example in run.examples:
        yield load.loaded(example, rounds, seconds)
        yield load.loaded(example, rounds, seconds, pause=8 * example.pause)


def counted(run: Run) -> Iterator[Outcome]:
    for one in all_of(run.stage):
        yield sizes.measured(one, run.number["keys"])
    yield sizes.updated(all_of(run.stage)[0], run.number["keys"])
    yield from sizes.in_memory(run.number["keys"])


_PROOFS: dict[str, Proof] = {
    "workers": workers,
    "store": store,
    "stopped": stopped,
    "clocks": skewed,
    "days": virtual,
    "languages": shared,
    "forged": forged,
    "http": http,
    "load": measured,
    "bytes": counted,
}
# Measurements are no proofs: they are made when they are asked for.
_PROVEN = [name for name in _PROOFS if name not in ("load", "bytes")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="proofs/claims/run", description=__doc__)
    parser.add_argument("form", choices=("short", "full"))
    parser.add_argument(
        "proofs", nargs="*", metavar="PROOF", help=f"{', '.join(_PROOFS)}; all but the last two"
    )
    for name in _NUMBERS:
        parser.add_argument(f"--{name}", type=int)
    options = parser.parse_args()
    if unknown := set(options.proofs) - set(_PROOFS):
        parser.error(f"no such proof: {', '.join(unknown)}")
    for name, numbers in _NUMBERS.items():
        field = name.replace("-", "_")
        if getattr(options, field) is None:
            setattr(options, field, numbers[options.form == "full"])
    return options


def main() -> int:
    options = _options()
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # servers are killed all the time
    report = Report()
    with PostgreSQL() as postgresql, Redis() as redis:
        run = Run(options, postgresql, redis)
        for name in options.proofs or _PROVEN:
            for outcome in _PROOFS[name](run):
                report.add(outcome)
        run.stage.remove()
    return 0 if report.table() else 1


if __name__ == "__main__":
    sys.exit(main())
