"""AWS Lambda: a request in each form of event, and the answer in that form."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest

import hookseal
from hookseal import Delivery
from hookseal.receive import BodyConsumedError, Receiver
from hookseal.receive.aws_lambda import body_of, head_of, webhook

from _deliveries import (
    META_SECRET,
    META_TOKEN,
    ORIGIN,
    STRIPE_SECRET,
    TWILIO_SECRET,
    Sent,
    by_stripe,
    by_twilio,
)

Event = dict[str, Any]
PUBLIC = hookseal.PUBLIC_MESSAGE


def _body(sent: Sent, is_base64: bool) -> Event:
    body = base64.b64encode(sent.body).decode() if is_base64 else sent.body.decode()
    return {"body": body, "isBase64Encoded": is_base64}


def _parts(sent: Sent) -> tuple[str, str]:
    path, _, query = sent.path.partition("?")
    return path, query


def _many(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    many: dict[str, list[str]] = {}
    for name, value in pairs:
        many.setdefault(name, []).append(value)
    return many


def v2(sent: Sent, is_base64: bool = False) -> Event:
    """API Gateway, an HTTP API: names in lower case, repeats joined, the query as it came."""
    path, query = _parts(sent)
    headers = {name.lower(): ",".join(of) for name, of in _many(list(sent.headers)).items()}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": ["a=1", "b=2"],
        "headers": headers,
        "requestContext": {
            "domainName": "abc.execute-api.eu-central-1.amazonaws.com",
            "http": {"method": sent.method, "path": path, "sourceIp": "192.0.2.7"},
            "stage": "$default",
        },
        **_body(sent, is_base64),
    }


def function_url(sent: Sent, is_base64: bool = False) -> Event:
    event = v2(sent, is_base64)
    event["requestContext"]["domainName"] = "abc.lambda-url.eu-central-1.on.aws"
    return event


def v1(sent: Sent, is_base64: bool = False) -> Event:
    """API Gateway, a REST API: every header and parameter twice over, the query decoded."""
    path, query = _parts(sent)
    parameters = parse_qsl(query, keep_blank_values=True)
    return {
        "resource": "/{proxy+}",
        "path": "/without-the-stage",
        "httpMethod": sent.method,
        "headers": dict(sent.headers),
        "multiValueHeaders": _many(list(sent.headers)),
        "queryStringParameters": dict(parameters) or None,
        "multiValueQueryStringParameters": _many(parameters) or None,
        "requestContext": {"path": path, "identity": {"sourceIp": "192.0.2.7"}},
        **_body(sent, is_base64),
    }


def alb(sent: Sent, is_base64: bool = False) -> Event:
    """A load balancer: the query as it came, in parts; no address but in X-Forwarded-For."""
    path, query = _parts(sent)
    parameters = [tuple(one.split("=", 1)) for one in query.split("&") if one]
    headers = {name.lower(): value for name, value in sent.headers}
    return {
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:a"}},
        "httpMethod": sent.method,
        "path": path,
        "queryStringParameters": dict(parameters),  # type: ignore[arg-type]
        "headers": {**headers, "x-forwarded-for": "192.0.2.7"},
        **_body(sent, is_base64),
    }


def alb_multi(sent: Sent, is_base64: bool = False) -> Event:
    event = alb(sent, is_base64)
    del event["headers"]
    headers = [(name.lower(), value) for name, value in sent.headers]
    event["multiValueHeaders"] = _many([*headers, ("x-forwarded-for", "192.0.2.7")])
    event["multiValueQueryStringParameters"] = {
        name: [value] for name, value in event.pop("queryStringParameters").items()
    }
    return event


FORMS: list[Callable[..., Event]] = [v1, v2, function_url, alb, alb_multi]


def call(receiver: Receiver, event: Event, handler: Any = None) -> Any:
    """The event as AWS hands it over: out of JSON."""

    def take(event: Any, context: Any, delivery: Delivery) -> Any:
        return {"statusCode": 200, "body": f"{delivery.scheme} {delivery.event_id} {context}"}

    return webhook(receiver)(handler or take)(json.loads(json.dumps(event)), "context")


@pytest.mark.parametrize("is_base64", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_genuine(form: Callable[..., Event], is_base64: bool) -> None:
    receiver = Receiver("stripe", secret=STRIPE_SECRET)
    answer = call(receiver, form(by_stripe(), is_base64))
    assert answer == {"statusCode": 200, "body": "stripe evt_1 context"}


@pytest.mark.parametrize("form", FORMS)
def test_refused(form: Callable[..., Event]) -> None:
    codes: list[str] = []
    receiver = Receiver(
        "stripe",
        secret=STRIPE_SECRET,
        body_limit=100,
        on_refused=lambda code, _: codes.append(code),
    )
    tries = [
        (by_stripe().but(body=b"{}"), 401, "signature_mismatch"),
        (by_stripe(ago=4000), 401, "timestamp_too_old"),
        (by_stripe(event=" " * 101), 413, "body_too_large"),
        (by_stripe().but(headers=()), 401, "missing_signature"),
    ]
    for sent, status, _ in tries:
        answer = call(receiver, form(sent))
        assert (answer["statusCode"], answer["body"]) == (status, PUBLIC)
        assert answer["isBase64Encoded"] is False
        many = form in (v1, alb_multi)
        kind = answer["multiValueHeaders" if many else "headers"]["content-type"]
        assert kind == (["text/plain; charset=utf-8"] if many else "text/plain; charset=utf-8")
        described = {401: "401 Unauthorized", 413: "413 Request Entity Too Large"}[status]
        assert answer.get("statusDescription") == (described if form in (alb, alb_multi) else None)
    assert codes == [code for _, _, code in tries]


@pytest.mark.parametrize("form", FORMS)
def test_a_repeated_header(form: Callable[..., Event]) -> None:
    codes: list[str] = []
    receiver = Receiver(
        "stripe", secret=STRIPE_SECRET, on_refused=lambda code, _: codes.append(code)
    )
    sent = by_stripe()
    another = by_stripe(ago=9).headers[1]
    answer = call(receiver, form(sent.but(headers=(*sent.headers, another))))
    if form is alb:  # it hands over the last one only: signed ten seconds later, and as genuine
        assert answer["body"].startswith("stripe evt_1")
    else:
        assert answer["statusCode"] == 401 and codes[0] in (
            "repeated_header",
            "malformed_timestamp",
        )


@pytest.mark.parametrize("form", FORMS)
def test_a_signed_url(form: Callable[..., Event]) -> None:
    receiver = Receiver("twilio", secret=TWILIO_SECRET, url=ORIGIN)
    sent = by_twilio("")
    assert call(receiver, form(sent))["body"].startswith("twilio")
    assert call(receiver, form(sent.but(path="/twilio?foo=2&bar=a%20b")))["statusCode"] == 401


@pytest.mark.parametrize("form", FORMS)
def test_a_handshake(form: Callable[..., Event]) -> None:
    receiver = Receiver("meta", secret=META_SECRET, expected=META_TOKEN)
    token = META_TOKEN.replace(" ", "%20")
    path = f"/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}"
    event = form(Sent(path, method="GET"))
    event["body"] = None
    answer = call(receiver, event)
    assert (answer["statusCode"], answer["body"]) == (200, "1158201444")


@pytest.mark.parametrize("form", FORMS)
def test_the_address(form: Callable[..., Event]) -> None:
    proxies = 1 if form in (alb, alb_multi) else 0
    for network, status in (("192.0.2.0/24", 200), ("198.51.100.0/24", 403)):
        receiver = Receiver(
            "stripe", secret=STRIPE_SECRET, allow_from=network, trusted_proxies=proxies
        )
        assert call(receiver, form(by_stripe()))["statusCode"] == status


def test_cookies_are_a_header_again() -> None:
    assert (b"cookie", b"a=1; b=2") in head_of(v2(by_stripe())).headers


def test_no_answer_is_an_acknowledgement() -> None:
    receiver = Receiver("stripe", secret=STRIPE_SECRET)
    answer = call(receiver, v2(by_stripe()), lambda event, context, delivery: None)
    assert answer == {"statusCode": 200, "body": "", "isBase64Encoded": False, "headers": {}}


def test_a_body_without_utf_8() -> None:
    event = v2(by_stripe()) | {"body": "/wA=", "isBase64Encoded": True}
    assert body_of(event) == b"\xff\x00"
    assert body_of({"body": "\ud800"}) == b"\xed\xa0\x80"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"id": "evt_1", "type": "invoice.paid"},  # a mapping template has made the body the event
        {"requestContext": None, "body": "{}"},
        {"requestContext": {"http": {"method": "POST"}}, "body": "{}"},
        v2(by_stripe()) | {"body": {"id": "evt_1"}},
        v2(by_stripe()) | {"isBase64Encoded": True},
    ],
)
def test_an_event_that_is_no_request(event: Event) -> None:
    with pytest.raises(BodyConsumedError, match="Lambda proxy integration"):
        call(Receiver("stripe", secret=STRIPE_SECRET), event)
