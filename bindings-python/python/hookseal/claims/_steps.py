"""What is asked of a database, and what its answers mean: once, for every client. A step is a
statement's name and parameters; it is sent the rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeAlias, TypeVar

from ._options import Known
from ._outcomes import Busy, Conflict, Done, NotRun, Settlement

T = TypeVar("T")
Parameters: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[tuple[Any, ...]]
"""What a statement gives; of one that gives no rows, one empty row for each that it changed."""
Steps: TypeAlias = Generator[tuple[str, Parameters], Rows, T]

_AGAIN = 3
"""How often a claim is tried again where a run has become free between two statements."""


def take(steps: Steps[T], execute: Callable[[str, Parameters], Rows]) -> T:
    """Takes the steps, and gives what they come to."""
    try:
        step = next(steps)
        while True:
            step = steps.send(execute(*step))
    except StopIteration as end:
        result: T = end.value
        return result


async def atake(steps: Steps[T], execute: Callable[[str, Parameters], Awaitable[Rows]]) -> T:
    """As `take`."""
    try:
        step = next(steps)
        while True:
            step = steps.send(await execute(*step))
    except StopIteration as end:
        result: T = end.value
        return result


def claim(known: Known, *, lease: int, keep: int, within: bool = False) -> Steps[int | NotRun]:
    """The fence of a run, or why there is none. `within` a transaction it is done when that is."""
    given: Parameters = {"key": known.key, "digest": known.digest}
    times = {"is_done": within, "lease": lease * 1000, "keep": keep * 1000}
    for _ in range(1 + _AGAIN):
        rows = yield "claim", given | times
        if rows:
            return int(rows[0][0])
        rows = yield "look", given
        if refused := _refused(rows):
            return refused
    return Busy(1)


def _refused(rows: Rows) -> NotRun | None:
    """Why a claim gave no fence; `None` where it may give one now."""
    if not rows:
        return None
    is_done, is_same, lease_left, is_forgotten = rows[0]
    if is_forgotten:
        return None
    if not is_same:
        return Conflict(bool(is_done))
    if is_done:
        return Done()
    return Busy(-(-int(lease_left) // 1000)) if lease_left > 0 else None


def settle(key: bytes, fence: int, what: Settlement, milliseconds: int) -> Steps[bool]:
    """Whether the run was still the one of this fence."""
    given: Parameters = {"key": key, "fence": fence}
    if what != "release":
        given["keep" if what == "complete" else "lease"] = milliseconds
    return bool((yield what, given))


def forget(name: str, most: int) -> Steps[int]:
    """How many were deleted."""
    return len((yield name, {"most": most}))
