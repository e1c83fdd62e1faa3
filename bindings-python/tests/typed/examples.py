"""What a type checker must take, and what it must not: `mypy --strict` finds an `ignore` that is
not needed, so each of those below is an error that it has found."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, assert_type

import hookseal
from hookseal import Answer, Bound, Delivery, Scheme, Verifier

verifier = Verifier("stripe", ["new secret of some length", b"old secret"], tolerance=60)
acme = Scheme(name="acme", signature={"header": "acme-signature"})
Verifier(acme, "a secret", danger_weak_secret=True)


def handler(body: bytes, headers: Mapping[str, str], raw: list[tuple[bytes, bytes]]) -> int:
    try:
        delivery = verifier.verify(body, headers)
        verifier.verify(bytearray(body), raw, now=datetime.now(timezone.utc), method="POST")
    except hookseal.VerificationError as error:
        if error.code == "timestamp_too_old":
            return 200
        if error.code == "no_such_code":  # type: ignore[comparison-overlap]
            return 500
        return error.status
    assert_type(delivery, Delivery)
    assert_type(delivery.body, bytes)
    assert_type(delivery.event_id, str | None)
    assert_type(delivery.sent_at, datetime | None)
    assert_type(delivery.bound, Bound)
    assert_type(delivery.json(), Any)
    assert_type(delivery.replay_key(b"tenant"), bytes)
    return 204


def others(body: bytes, headers: dict[str, str]) -> None:
    answer = hookseal.handshake(verifier, body, headers, method="POST")
    assert_type(answer, Answer | None)
    sent: dict[str, str] = hookseal.sign("github", "a secret", body, event_id="evt_1")
    assert_type(hookseal.verify("github", "a secret", body, sent), Delivery)
    assert_type(hookseal.detect(headers), list[str])
    assert_type([row.bound.body == "whole" for row in hookseal.providers()], list[bool])


def faults(body: bytes, headers: dict[str, str]) -> None:
    found = hookseal.explain("stripe", "a secret", body, headers, framework="flask")
    for cause in found.causes:
        if cause.code == "no_such_code":  # type: ignore[comparison-overlap]
            print(cause.fix)
    assert_type(found.steps, list[hookseal.Step])
    assert_type(found.signed, list[hookseal.SignedPart])
    assert_type(found.report(content=True), str)
    assert_type(hookseal.read_capture(body).headers, list[tuple[str, bytes]])
    hookseal.explain("stripe", "a secret", body, headers, framework="flusk")  # type: ignore[arg-type]


def mistakes(text: str, headers: dict[str, str]) -> None:
    Verifier("strpe", "a secret")  # type: ignore[arg-type]
    Verifier("stripe", None)  # type: ignore[arg-type]
    Verifier("stripe", "a secret", allow_any=True)  # type: ignore[call-arg]
    verifier.verify(text, headers)  # type: ignore[arg-type]
    verifier.verify({"a": 1}, headers)  # type: ignore[arg-type]
    verifier.verify(b"", headers, 1700000000)  # type: ignore[call-arg, arg-type]
    Delivery().body = b""  # type: ignore[misc]
