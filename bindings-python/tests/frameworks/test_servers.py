"""Deliveries that vendors' packages have signed, over HTTP, to a real server of each framework."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

import hookseal
from _deliveries import (
    EVENT,
    JSON,
    META_TOKEN,
    Sent,
    by_meta,
    by_slack,
    by_standard_webhooks,
    by_stripe,
    by_svix,
    by_twilio,
)
from _endpoints import LIMIT, digest
from _servers import NO_CHUNKS, SERVERS, Server

Served = tuple[str, Server]
PUBLIC = hookseal.PUBLIC_MESSAGE.encode()


def test_every_server_is_among_them() -> None:
    assert len(SERVERS) == 10


@pytest.mark.parametrize(
    ("make", "scheme", "event_id"),
    [
        (by_stripe, "stripe", "evt_1"),
        (by_standard_webhooks, "standard-webhooks", "msg_1"),
        (by_svix, "svix", "msg_2"),
        (by_slack, "slack", "None"),
        (by_meta, "meta", "None"),
    ],
)
def test_genuine(served: Served, make: Callable[[], Sent], scheme: str, event_id: str) -> None:
    sent = make()
    status, _, body = served[1].send(sent)
    same = digest(sent.body)
    assert (status, body.decode()) == (200, f"{scheme} {event_id} {same} {same}")


def test_a_signed_url_is_that_of_the_configuration(served: Served, refused: list[Any]) -> None:
    server = served[1]
    genuine = by_twilio(server.prefix)
    status, _, body = server.send(genuine)
    assert (status, body.split()[0]) == (200, b"twilio"), refused
    # The query is part of what is signed, and the Host header is not what it is read from.
    for path in ("/twilio?foo=1", "/twilio?foo=1&bar=a%20c"):
        assert server.send(genuine.but(path=path))[0] == 401
    assert [code for code, _ in refused] == ["signature_mismatch"] * 2


GOOD = by_stripe()
SIGNATURE = GOOD.headers[1]

REFUSED = {
    "another-body": (lambda: by_stripe().but(body=EVENT.encode() + b" "), "signature_mismatch"),
    "another-secret": (lambda: by_stripe(secret="whsec_another_secret_1"), "signature_mismatch"),
    "no-signature": (lambda: by_stripe().but(headers=(JSON,)), "missing_signature"),
    "old": (lambda: by_stripe(ago=4000), "timestamp_too_old"),
    "of-tomorrow": (lambda: by_stripe(ago=-4000), "timestamp_too_new"),
    "unlisted": (lambda: by_stripe("/unlisted"), "address_not_allowed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(served: Served, refused: list[Any], case: str) -> None:
    make, code = REFUSED[case]
    sent = make()
    status, headers, body = served[1].send(sent)
    assert (status, body) == (403 if code == "address_not_allowed" else 401, PUBLIC)
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert [it[0] for it in refused] == [code]
    kept = refused[0][1]
    assert (kept["method"], kept["body"].encode()) == ("POST", sent.body)
    assert kept["url"] == served[1].prefix + sent.path
    signature = [value for name, value in kept["headers"] if name.lower() == "stripe-signature"]
    assert signature == [value for name, value in sent.headers if name == "Stripe-Signature"]


def test_a_repeated_header(served: Served, refused: list[Any]) -> None:
    sent = by_stripe()
    another = by_stripe(secret="whsec_another_secret_1", ago=10).headers[1]
    status, _, body = served[1].send(sent.but(headers=(*sent.headers, another)))
    assert (status, body) == (401, PUBLIC)
    # Servers of WSGI join what was there twice: then it is an item that is there twice.
    assert refused[0][0] in ("repeated_header", "malformed_timestamp", "malformed_signature")
    if served[0] in ("fastapi-uvicorn", "asgi-uvicorn", "django-uvicorn", "aiohttp"):
        assert refused[0][0] == "repeated_header"


def test_too_large(served: Served, refused: list[Any]) -> None:
    at_limit = by_stripe(event=EVENT + " " * (LIMIT - len(EVENT.encode())))
    assert (len(at_limit.body), served[1].send(at_limit)[0]) == (LIMIT, 200)
    status, _, body = served[1].send(by_stripe(event=EVENT + " " * LIMIT))
    assert (status, body) == (413, PUBLIC)
    assert [code for code, _ in refused] == ["body_too_large"]


def test_without_a_declared_length(served: Served, refused: list[Any]) -> None:
    name, server = served
    if name in NO_CHUNKS:
        with suppress(OSError):  # such a server may close the connection with chunks unread
            assert server.send(by_stripe(), chunked=True)[0] == 401
        assert [code for code, _ in refused] == ["signature_mismatch"]
        return
    view_reads_again = not name.startswith("django")
    if view_reads_again:
        assert server.send(by_stripe(), chunked=True)[0] == 200
    status, _, body = server.send(by_stripe(event=EVENT + " " * (3 * LIMIT)), chunked=True)
    assert (status, body) == (413, PUBLIC)
    assert [code for code, _ in refused] == ["body_too_large"]


@pytest.mark.parametrize(
    ("forwarded", "status"),
    [
        (["203.0.113.9"], 200),
        (["198.51.100.1, 203.0.113.9"], 200),
        (["198.51.100.1", "203.0.113.9:4711"], 200),
        (["[2001:db8::5]:4711"], 200),
        (["::ffff:203.0.113.9"], 200),
        (["203.0.113.9, 198.51.100.1"], 403),
        (["203.0.113.9,"], 403),
        (["nonsense"], 403),
        ([], 403),
    ],
)
def test_behind_a_proxy(served: Served, forwarded: list[str], status: int) -> None:
    sent = by_stripe("/listed")
    headers = tuple(("X-Forwarded-For", value) for value in forwarded)
    assert served[1].send(sent.but(headers=sent.headers + headers))[0] == status


def test_handshakes(served: Served, refused: list[Any]) -> None:
    server = served[1]
    text = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
    challenge = f'{{"token":"x","challenge":"{text}","type":"url_verification"}}'
    status, headers, body = server.send(by_slack(body=challenge))
    assert (status, body) == (200, text.encode())
    assert headers["content-type"].startswith("text/plain")
    unsigned = by_slack(body=challenge).but(headers=(JSON,))
    assert server.send(unsigned)[::2] == (401, PUBLIC)

    token = META_TOKEN.replace(" ", "+")
    subscribe = "/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
    answered = server.send(Sent(subscribe + token, method="GET"))
    assert answered[::2] == (200, b"1158201444")
    assert server.send(Sent(subscribe + "another", method="GET"))[::2] == (401, PUBLIC)
    assert server.send(Sent(subscribe, method="GET"))[::2] == (401, PUBLIC)
    assert len(refused) == 3


def test_a_body_that_was_read_before(served: Served) -> None:
    sent = by_stripe("/consumed")
    form = ("Content-Type", "application/x-www-form-urlencoded")
    status, _, body = served[1].send(sent.but(headers=(form, sent.headers[1])))
    assert (status, PUBLIC in body) == (500, False)
