"""The endpoints that every application of these tests has, and what they do with a delivery."""

from __future__ import annotations

from hashlib import sha256

from hookseal import Delivery
from hookseal.receive import Capture, Receiver, RefusalCode

from _deliveries import (
    META_SECRET,
    META_TOKEN,
    ORIGIN,
    SLACK_SECRET,
    STANDARD_SECRET,
    STRIPE_SECRET,
    TWILIO_SECRET,
)

LIMIT = 4096

refused: list[tuple[RefusalCode, Capture]] = []
"""What the receivers reported, in order."""


def _note(code: RefusalCode, capture: Capture) -> None:
    refused.append((code, capture))


def receivers(prefix: str = "") -> dict[str, Receiver]:
    """By path."""

    def stripe(**options: object) -> Receiver:
        return Receiver(
            "stripe",
            secret=STRIPE_SECRET,
            body_limit=LIMIT,
            on_refused=_note,
            **options,  # type: ignore[arg-type]
        )

    made = {
        "/stripe": stripe(),
        "/consumed": stripe(),
        "/listed": stripe(allow_from=["203.0.113.0/24", "2001:db8::/32"], trusted_proxies=1),
        "/unlisted": stripe(allow_from="203.0.113.0/24"),
        "/standard": Receiver("standard-webhooks", secret=STANDARD_SECRET, on_refused=_note),
        "/svix": Receiver("svix", secret=STANDARD_SECRET, on_refused=_note),
        "/slack": Receiver("slack", secret=SLACK_SECRET, on_refused=_note),
        "/twilio": Receiver("twilio", secret=TWILIO_SECRET, url=ORIGIN, on_refused=_note),
        "/meta": Receiver("meta", secret=META_SECRET, expected=META_TOKEN, on_refused=_note),
    }
    return {prefix + path: receiver for path, receiver in made.items()}


def took(delivery: Delivery, read_again: bytes) -> str:
    """What the handlers answer: what they were given, and what they could still read themselves."""
    body = delivery.danger_unsigned_body
    return f"{delivery.scheme} {delivery.event_id} {digest(body)} {digest(read_again)}"


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:16]
