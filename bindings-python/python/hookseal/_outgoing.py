"""Deliveries signed as they are sent; and the facts of a row, for what signs and shows them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from . import Scheme
from ._python import request_of, setup_of

PLACES = {
    "header": "header",
    "json": "JSON field",
    "form": "form field",
    "query": "query parameter",
    "claim": "claim of the JWS",
    "body": "the whole body",
}
"""Where a value can be, in words."""


class Elsewhere(NamedTuple):
    """A signature that is no header."""

    name: str
    value: str
    place: str


class Outgoing(NamedTuple):
    """A signed delivery."""

    headers: dict[str, str]
    """Those that were added."""
    elsewhere: Elsewhere | None
    whole: str
    """The request, as JSON that `read_capture` reads."""


def facts(scheme: Scheme) -> dict[str, Any]:
    """The row of a scheme, as its file spells it."""
    row: dict[str, Any] = json.loads(scheme.to_json())
    return row


def source_of(source: dict[str, Any]) -> tuple[str, list[str]]:
    """The place of a value, and the names that it has there."""
    place = next(place for place in PLACES if place in source)
    return place, [] if place == "body" else source[place].split("|")


def sign_outgoing(
    scheme: Scheme,
    secret: str | bytes,
    body: bytes,
    headers: list[tuple[str, bytes]],
    *,
    event_id: str | None,
    danger_weak_secret: bool,
    **request: Any,
) -> Outgoing:
    """Signs a delivery as the provider sends it. `request` is what `request_of` takes beside; the
    names of headers stay as they are written."""
    given = request_of(body, (), **request)
    given["headers"] = headers
    setup = setup_of(scheme, secret, danger_weak_secret, (None, None, False), None)
    added, elsewhere, whole = setup.sign_outgoing(event_id, given)
    return Outgoing(dict(added), None if elsewhere is None else Elsewhere(*elsewhere), whole)
