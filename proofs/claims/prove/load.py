"""Deliveries a second over HTTP, with claims and without, side by side."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .client import Drive
from .deliveries import signed
from .examples import Example
from .outcome import Outcome
from .over_http import request_of
from .receivers import Receivers

_CONNECTIONS = 16
_PROCESSES = 2


class Load:
    """New events, one after the other on each connection, for so many seconds. An event that is not
    taken is sent again."""

    def __init__(self, first: int, seconds: float) -> None:
        self.next_number = first
        self.taken = 0
        self.failed = 0
        self.times: list[float] = []
        self._ends = time.monotonic() + seconds
        self._again: list[int] = []

    def next(self) -> tuple[int, float] | float | None:
        now = time.monotonic()
        if now >= self._ends:
            return None
        if self._again:
            return self._again.pop(), now
        self.next_number += 1
        return self.next_number, now

    def request(self, sent: tuple[int, float]) -> bytes:
        return request_of(*signed(sent[0]))

    def refused(self, sent: tuple[int, float]) -> None:
        self._again.append(sent[0])

    def answered(self, sent: tuple[int, float], status: int | None, _: float | None) -> None:
        if status == 200:
            self.taken += 1
            self.times.append(time.monotonic() - sent[1])
        else:
            self.failed += 1
            self._again.append(sent[0])


def loaded(example: Example, rounds: int, seconds: float, *, pause: float | None = None) -> Outcome:
    """Rounds with claims and without, in turns; medians. `pause` is the mean time between kills."""
    example.clear()
    guards = ("claims", "none")
    figures: dict[str, list[tuple[float, float, float]]] = {guard: [] for guard in guards}
    number = failed = kills = 0
    with _started(example, pause) as receivers:
        for round_ in range(rounds + 1):
            for guard in guards:
                load = Load(number, seconds if round_ else 1)
                started = time.monotonic()
                Drive(receivers[guard].ports, _CONNECTIONS, load).run()
                number = load.next_number
                if round_:  # the first warms up
                    figures[guard].append(_figures(load, time.monotonic() - started))
                    failed += load.failed
        kills = sum(it.kills for it in receivers.values())
    name = "load under kills" if pause else "load"
    told: dict[str, str | int | float] = {"rounds": rounds, "seconds each": seconds}
    for guard, name_of in zip(guards, ("with claims", "without"), strict=True):
        rate, p50, p99 = (statistics.median(column) for column in zip(*figures[guard], strict=True))
        told[name_of] = f"{rate:.0f}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms"
    told |= {"kills": kills, "not taken at first": failed}
    outcome = Outcome(name, example.what, told)
    outcome.expect(pause is not None or failed == 0, "deliveries were refused")
    return outcome


@contextmanager
def _started(example: Example, pause: float | None) -> Iterator[dict[str, Receivers]]:
    """Both at once: the one that is not asked does nothing."""
    with _receivers(example, "claims", pause) as claims, _receivers(example, "none", pause) as none:
        yield {"claims": claims, "none": none}


def _receivers(example: Example, guard: str, pause: float | None) -> Receivers:
    return Receivers(
        example.command,
        example.environment(guard),
        example.folder_of(guard),
        count=_PROCESSES,
        pause=pause,
        kills=1_000_000,
    )


def _figures(load: Load, seconds: float) -> tuple[float, float, float]:
    """Taken a second; the middle one and the last but one percent, in milliseconds."""
    if len(load.times) < 2:  # all of them were down
        return load.taken / seconds, float("inf"), float("inf")
    cuts = statistics.quantiles(load.times, n=100)
    return load.taken / seconds, cuts[49] * 1000, cuts[98] * 1000
