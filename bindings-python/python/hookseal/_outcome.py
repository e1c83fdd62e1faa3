"""What becomes of a delivery at a receiver: the core's list of codes, statuses and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import _native

if TYPE_CHECKING:
    from ._names import ReceiverCode


class Outcome(NamedTuple):
    """One entry of the list."""

    status: int
    """The HTTP status to answer with."""
    message: str
    """A sentence for the receiver's log. Never send it."""


OUTCOMES: dict[ReceiverCode, Outcome] = {
    code: Outcome(status, message) for code, status, message in _native.outcomes()
}
"""By code."""
