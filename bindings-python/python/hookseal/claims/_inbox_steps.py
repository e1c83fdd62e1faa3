"""What is asked of the table of an inbox, and what its answers mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from .._python import moment
from ._options import Known
from ._outcomes import Busy, Conflict, Done
from ._steps import Steps

if TYPE_CHECKING:
    from .. import Delivery

State: TypeAlias = Literal["waiting", "done", "failed"]


@dataclass(frozen=True)
class Stored:
    """The delivery is in the inbox now: answer 2xx."""


Put: TypeAlias = Stored | Done | Busy | Conflict
"""What `put` comes to; `Done`: it was there before, whatever has become of it."""


class Listed(NamedTuple):
    """An entry in a list."""

    key: bytes
    """The replay key: 32 bytes, for `again`."""
    scheme: str
    event_id: str | None
    event_type: str | None
    sent_at: datetime | None
    """The signed time."""
    tries: int
    """How often it was run."""
    trouble: str | None
    """The kind of the last error."""
    received_at: datetime | None
    """When it was put, by the clock of the store."""


class Taken(NamedTuple):
    """A row that was leased."""

    key: bytes
    fence: int
    tries: int
    scheme: str
    event_id: str | None
    event_type: str | None
    sent_at: datetime | None
    body: bytes
    received_at: datetime | None


def put(known: Known, delivery: Delivery, keep: int) -> Steps[Put]:
    sent_at = delivery.sent_at
    given: dict[str, Any] = {
        "key": known.key,
        "digest": known.digest,
        "scheme": delivery.scheme,
        "event_id": _storable(delivery.event_id),
        "event_type": _storable(delivery.event_type),
        "sent_at": None if sent_at is None else round(sent_at.timestamp() * 1000),
        "body": delivery.danger_unsigned_body,
        "keep": keep * 1000,
    }
    for _ in range(4):
        if (yield "inbox-put", given):
            return Stored()
        rows = yield "inbox-look", {"key": known.key, "digest": known.digest}
        if rows:
            state, is_same = rows[0]
            return Done() if is_same else Conflict(state != "waiting")
    return Busy(1)


def _storable(text: str | None) -> str | None:
    """PostgreSQL has no text with NUL."""
    return text and text.replace("\0", "\ufffd")


def take_one(lease: int) -> Steps[Taken | None]:
    rows = yield "inbox-take", {"lease": lease * 1000}
    if not rows:
        return None
    key, fence, tries, scheme, event_id, event_type, sent_at, body, received_at = rows[0]
    times = moment(sent_at), bytes(body), moment(received_at)
    return Taken(bytes(key), fence, tries, scheme, event_id, event_type, *times)


def finish(key: bytes, fence: int, keep: int) -> Steps[bool]:
    return bool((yield "inbox-finish", {"key": key, "fence": fence, "keep": keep * 1000}))


def extend(key: bytes, fence: int, lease: int) -> Steps[bool]:
    return bool((yield "inbox-extend", {"key": key, "fence": fence, "lease": lease * 1000}))


def fail(key: bytes, fence: int, trouble: str, delay: float | None) -> Steps[bool]:
    given = {"key": key, "fence": fence, "trouble": trouble}
    given["state"] = "failed" if delay is None else "waiting"
    given["delay"] = max(0, round((delay or 0) * 1000))
    return bool((yield "inbox-fail", given))


def again(key: bytes) -> Steps[bool]:
    return bool((yield "inbox-again", {"key": key}))


def listed(state: State, most: int) -> Steps[list[Listed]]:
    rows = yield "inbox-list", {"state": state, "most": most}
    return [_listed(*row) for row in rows]


def _listed(key: bytes, *rest: Any) -> Listed:
    scheme, event_id, event_type, sent_at, tries, trouble, received_at = rest
    times = moment(sent_at), tries, trouble, moment(received_at)
    return Listed(bytes(key), scheme, event_id, event_type, *times)
