"""What makes a delivery verify: its headers, for most providers."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from .._outgoing import PLACES, Elsewhere, place_in, signature_of
from ..receive._request import Head, capture
from . import _input
from ._output import Failure, show, show_json


def run(args: Namespace) -> int:
    """Prints what is added to the delivery, or the whole of it."""
    scheme, secrets = _input.scheme(args), _input.secrets(args)
    if len(secrets) != 1:
        raise Failure("a delivery is signed with one secret: give one only")
    if scheme.algorithm == "shared-token":
        raise Failure(
            "this provider sends the secret itself in place of a signature, and a secret is never "
            "printed"
        )
    event_id = args.event_id
    if event_id is not None and not (event_id and event_id.isascii() and event_id.isprintable()):
        raise Failure("an event id in a header is plain ASCII text, and not empty")
    given = _input.delivery(args)
    headers, elsewhere = signature_of(
        scheme,
        secrets[0],
        given.body,
        event_id=event_id,
        now=args.now,
        url=given.url,
        method=given.method,
        headers=given.headers,
        danger_weak_secret=args.allow_weak_secret,
    )
    if args.whole:
        show_json(_whole(given, headers, elsewhere))
    elif args.json:
        added = [list(pair) for pair in headers.items()]
        show_json(added if elsewhere is None else [*added, list(elsewhere)])
    else:
        lines = [f"{name}: {value}\n" for name, value in headers.items()]
        if elsewhere is not None:
            place = f"{PLACES[elsewhere.place]} {elsewhere.name}".rstrip()
            lines.append(f"{place}: {elsewhere.value}\n")
        show("".join(lines))
    return 0


def _whole(
    given: _input.Given, added: dict[str, str], elsewhere: Elsewhere | None
) -> dict[str, Any]:
    """The delivery as `--request` reads it. What was there in the place of what is added goes."""
    method, url, headers, body = given
    if elsewhere is not None:
        url, body = place_in(elsewhere, url, body)
    pairs = [(name.encode(), value) for name, value in headers if name.lower() not in added]
    pairs += [(name.encode(), value.encode()) for name, value in added.items()]
    captured = capture(Head(method or "", "", pairs, None), url or "", body)
    return {key: value for key, value in captured.items() if value or key == "body"}
