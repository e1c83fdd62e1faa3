"""Deliveries as the vendors' own packages sign them."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import stripe
from slack_sdk.signature import SignatureVerifier
from standardwebhooks import Webhook as StandardWebhook
from svix.webhooks import Webhook as SvixWebhook
from twilio.request_validator import RequestValidator

STRIPE_SECRET = "whsec_test_9f0c1b7a5d3e4f6081a2b3c4d5e6f708"
STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TWILIO_SECRET = "12345678901234567890123456789012"
META_SECRET = "0123456789abcdef0123456789abcdef"
META_TOKEN = "the token that was agreed on"
ORIGIN = "https://hooks.example.com"

EVENT = '{"id":"evt_1","type":"invoice.paid","name":"Zoë"}'
JSON = ("Content-Type", "application/json")


@dataclass(frozen=True)
class Sent:
    """A request. The path is one below the prefix under which an application has its endpoints."""

    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "POST"

    def but(self, **changes: object) -> Sent:
        return replace(self, **changes)  # type: ignore[arg-type]


def by_stripe(
    path: str = "/stripe", event: str = EVENT, *, ago: int = 0, secret: str = STRIPE_SECRET
) -> Sent:
    at = int(time.time()) - ago
    signature = stripe.WebhookSignature.generate_signature_header(event, secret, at)
    return Sent(path, event.encode(), (JSON, ("Stripe-Signature", signature)))


def by_standard_webhooks(path: str = "/standard") -> Sent:
    now = datetime.now(tz=UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": StandardWebhook(STANDARD_SECRET).sign("msg_1", now, EVENT),
    }
    return Sent(path, EVENT.encode(), (JSON, *headers.items()))


def by_svix(path: str = "/svix") -> Sent:
    now = datetime.now(tz=UTC)
    headers = {
        "svix-id": "msg_2",
        "svix-timestamp": str(int(now.timestamp())),
        "svix-signature": SvixWebhook(STANDARD_SECRET).sign("msg_2", now, EVENT),
    }
    return Sent(path, EVENT.encode(), (JSON, *headers.items()))


def by_slack(path: str = "/slack", body: str = "command=%2Fweather&text=94070") -> Sent:
    at = str(int(time.time()))
    signature = SignatureVerifier(SLACK_SECRET).generate_signature(timestamp=at, body=body)
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    headers = (
        ("Content-Type", kind),
        ("X-Slack-Request-Timestamp", at),
        ("X-Slack-Signature", str(signature)),
    )
    return Sent(path, body.encode(), headers)


def by_twilio(prefix: str, path: str = "/twilio?foo=1&bar=a%20b") -> Sent:
    body = urlencode({"CallSid": "CA1234567890ABCDE", "From": "+14158675309", "Name": "Zoë"})
    url = f"{ORIGIN}{prefix}{path}"
    parameters = dict(parse_qsl(body))
    signature = RequestValidator(TWILIO_SECRET).compute_signature(url, parameters)
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return Sent(path, body.encode(), (kind, ("X-Twilio-Signature", signature)))


def by_meta(path: str = "/meta") -> Sent:
    """Meta has no package that signs: the standard library's HMAC."""
    mac = hmac.digest(META_SECRET.encode(), EVENT.encode(), "sha256").hex()
    return Sent(path, EVENT.encode(), (JSON, ("X-Hub-Signature-256", f"sha256={mac}")))
