"""Whether what a store has answered, to workers that call it at once, is what it could have
answered to one after the other: the search of Wing and Gong, key by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Event(NamedTuple):
    """One call: when it began and ended, what was asked, and what came."""

    began: int
    ended: int
    asked: tuple[Any, ...]
    came: Any


@dataclass(frozen=True)
class State:
    """What the model knows of one key."""

    fence: int = 0
    body: str = ""
    is_leased: bool = False
    is_done: bool = False


def after(state: State, asked: tuple[Any, ...], came: Any) -> State | None:
    """The state after a call that came to this; `None`: it cannot have."""
    match asked:
        case ("claim", body):
            return _claimed(state, body, came)
        case ("expire",):
            return State(state.fence, state.body, False, state.is_done)
        case (what, fence):
            is_ours = state.fence == fence and not state.is_done
            if came is not is_ours:
                return None
            if not is_ours:
                return state
            return State(fence, state.body, what == "extend", what == "complete")
    raise AssertionError(asked)


def _claimed(state: State, body: str, came: Any) -> State | None:
    if state.fence and state.body != body:
        return state if came == ("conflict", state.is_done) else None
    if state.is_done:
        return state if came == "done" else None
    if state.is_leased:
        return state if came == "busy" else None
    is_run = isinstance(came, int) and came > state.fence
    return State(came, body, True) if is_run else None


def is_sequential(history: list[Event]) -> bool:
    """Whether there is an order of one key's calls that fits: each between its begin and end."""
    calls = sorted(history)
    seen = set()
    stack = [(frozenset[int](), State())]
    while stack:
        done, state = stack.pop()
        left = [at for at in range(len(calls)) if at not in done]
        if not left:
            return True
        first_end = min(calls[at].ended for at in left)
        for at in left:
            if calls[at].began > first_end:
                break
            then = after(state, calls[at].asked, calls[at].came)
            step = (done | {at}, then)
            if then is not None and step not in seen:
                seen.add(step)
                stack.append((done | {at}, then))
    return False
