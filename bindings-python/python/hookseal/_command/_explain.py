"""Why a delivery is refused."""

from __future__ import annotations

from argparse import Namespace
from typing import get_args

from .. import explain
from .._names import DeliveryCode
from . import _input
from ._output import is_coloured, show, show_json, warn
from ._verify import _any_time


def run(args: Namespace) -> int:
    """Prints the explanation; 0 where the delivery verifies, 2 where the secret is at fault."""
    scheme, secrets = _input.scheme(args), _input.secrets(args)
    others = [_input.secret_file(path) for path in args.other_secret_file]
    any_time = _any_time(args)
    method, url, headers, body = _input.delivery(args)
    explanation = explain(
        scheme,
        secrets,
        body,
        headers,
        url=url,
        method=method,
        now=args.now,
        other_secrets=others,
        framework=args.framework,
        tolerance=args.tolerance,
        future_tolerance=args.future_tolerance,
        danger_weak_secret=args.allow_weak_secret,
        danger_any_time=any_time,
        danger_show_expected=args.danger_show_expected,
    )
    if args.json:
        show_json(explanation.to_dict())
    else:
        show(explanation.report(content=True, colour=is_coloured()))
    if args.danger_show_expected:
        _show_expected(explanation.expected)
    if explanation.verdict == "verified":
        return 0
    return 1 if explanation.verdict in get_args(DeliveryCode) else 2


def _show_expected(expected: str | None) -> None:
    """On standard error, so that it stays out of what is piped on."""
    if expected is None:
        warn("the signature that is expected cannot be made of this key and this delivery")
    else:
        warn(f"DANGER, forges this delivery: {expected}")
