"""One delivery, one verdict."""

from __future__ import annotations

import time
from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from .. import Delivery, Scheme, VerificationError, Verifier
from .._outgoing import facts
from . import _input
from ._bound import named, report, weakness
from ._output import Failure, coloured, printable, show, show_json

HINTS = {
    "missing_method": "give the method by --method",
    "missing_url": "give the URL of the provider's settings by --url",
    "missing_field": "give each header that is signed by -H",
}


def run(args: Namespace) -> int:
    """Prints the verdict; 0 where it is verified."""
    scheme = _input.scheme(args)
    verifier = Verifier(
        scheme,
        _input.secrets(args),
        tolerance=args.tolerance,
        future_tolerance=args.future_tolerance,
        danger_weak_secret=args.allow_weak_secret,
        danger_any_time=_any_time(args),
    )
    method, url, headers, body = _input.delivery(args)
    now = time.time() if args.now is None else args.now
    started = time.perf_counter()
    found: Delivery | VerificationError
    try:
        found = verifier.verify(body, headers, url=url, method=method, now=now)
    except VerificationError as error:
        found = error
    micros = (time.perf_counter() - started) * 1e6
    told = _told(scheme, found)
    if args.json:
        show_json(told | {"micros": round(micros, 3)})
    else:
        text = _block(scheme, told, now, len(args.secrets))
        if args.danger_any_time and "timestamp" in facts(scheme):
            text += "  window     NOT CHECKED: --danger-any-time\n"
        if scheme.bound.url and args.url is None and url is not None:
            text += "  url        as captured; give the one of the provider's settings by --url\n"
        show(text)
    return 0 if isinstance(found, Delivery) else 1


def _any_time(args: Namespace) -> bool:
    for flag, value in (
        ("--tolerance", args.tolerance),
        ("--future-tolerance", args.future_tolerance),
    ):
        if args.danger_any_time and value is not None:
            raise Failure(f"--danger-any-time and {flag} exclude each other")
    return bool(args.danger_any_time)


def _told(scheme: Scheme, found: Delivery | VerificationError) -> dict[str, Any]:
    if isinstance(found, VerificationError):
        told = {
            "verdict": "refused",
            "code": found.code,
            "message": found.message,
            "scheme": scheme.name,
        }
        return told | ({"hint": HINTS[found.code]} if found.code in HINTS else {})
    is_token = scheme.algorithm == "shared-token"
    return {
        "verdict": "verified",
        "code": "verified",
        "message": "the token is right" if is_token else "the delivery is genuine",
        "scheme": scheme.name,
        "bound": report(found.bound),
        "event_id": found.event_id,
        "event_type": found.event_type,
        "sent_at_ms": None if found.sent_at is None else round(found.sent_at.timestamp() * 1000),
        "secret_index": found.secret_index,
        "replay_key": found.replay_key().hex(),
    }


def _block(scheme: Scheme, told: dict[str, Any], now: float, secrets: int) -> str:
    """One block for a person."""
    is_verified = told["verdict"] == "verified"
    lines = [f"{coloured(told['verdict'], is_verified)}  {scheme.name}: {told['message']}"]

    def line(name: str, value: str) -> None:
        lines.append(f"  {name:<11}{value}")

    if not is_verified:
        line("code", told["code"])
        if "hint" in told:
            line("hint", told["hint"])
        return "\n".join(lines) + "\n"
    warning = weakness(scheme)
    if scheme.algorithm == "shared-token":
        line("bound", coloured(f"NOTHING: {warning}", False))
    else:
        kept, free = named(scheme.bound)
        line("bound", (kept or "NOTHING") + (f"  (not bound: {free})" if free else ""))
        if warning:
            line("WARNING", coloured(warning, False))
    if told["event_id"] is not None:
        worth = "" if scheme.bound.event_id else "  (not signed)"
        line("event id", printable(told["event_id"]) + worth)
    if told["event_type"] is not None:
        line("event type", printable(told["event_type"]))
    if told["sent_at_ms"] is not None:
        line("sent at", _moment(told["sent_at_ms"], now))
    line("secret", f"{told['secret_index'] + 1} of {secrets} matched")
    line("replay key", told["replay_key"])
    return "\n".join(lines) + "\n"


def _moment(millis: int, now: float) -> str:
    """The time, and how far it lies from now."""
    spec = "milliseconds" if millis % 1000 else "seconds"
    moment = datetime.fromtimestamp(millis / 1000, UTC).isoformat(timespec=spec)
    apart = int(now) - millis // 1000
    distance = f"{apart} s ago" if apart > 0 else f"{-apart} s ahead" if apart else "now"
    return f"{moment.replace('+00:00', 'Z')}  ({distance})"
