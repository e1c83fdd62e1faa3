"""What makes a delivery verify: its headers, for most providers."""

from __future__ import annotations

import json
from argparse import Namespace

from .._outgoing import PLACES, sign_outgoing
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
    given = _input.delivery(args)
    headers, elsewhere, whole = sign_outgoing(
        scheme,
        secrets[0],
        given.body,
        given.headers,
        event_id=args.event_id,
        now=args.now,
        url=given.url,
        method=given.method,
        danger_weak_secret=args.allow_weak_secret,
    )
    if args.whole:
        show_json(json.loads(whole))
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
