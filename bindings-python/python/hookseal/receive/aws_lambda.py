"""AWS Lambda: a decorator, for API Gateway (REST and HTTP APIs), function URLs and load balancers.

    @webhook(Receiver("stripe", secret_env="STRIPE_SECRET"))
    def handler(event, context, delivery): ...

A handler that returns `None` has taken the delivery. The answer has the form of the event.

Where the signature is over the query, or the body is not UTF-8: REST APIs hand over a query that is
decoded and sorted, and binary bodies only of the configured media types.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from functools import partial, wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias
from urllib.parse import quote

from .. import Answer
from ._handling import handled
from ._receiver import Receiver
from ._request import BodyConsumedError, Head
from ._store import synchronous

if TYPE_CHECKING:
    from .. import Delivery

Event: TypeAlias = Mapping[str, Any]
_View: TypeAlias = Callable[[Event, Any], Any]
_Handler: TypeAlias = "Callable[[Event, Any, Delivery], Any]"

_ADVICE = (
    "choose the Lambda proxy integration, without a mapping template, and hand the event over as it"
    " came"
)


def webhook(receiver: Receiver) -> Callable[[_Handler], _View]:
    """Has a handler called with the delivery, once it is verified."""
    synchronous(receiver)

    def decorate(handler: _Handler) -> _View:
        @wraps(handler)
        def receive(event: Event, context: Any) -> Any:
            judged = receiver.receive(*head_of(event), body_of(event))
            run, respond = partial(handler, event, context), partial(_response, event)
            return handled(receiver, judged, run, respond, _status)

        return receive

    return decorate


def head_of(event: Event) -> Head:
    """What an event tells of the request."""
    context = event.get("requestContext")
    if not isinstance(context, Mapping):
        _is_no_request()
    of_v2: Event = context.get("http") or {}
    method = of_v2.get("method") or event.get("httpMethod")
    # The context's path has the stage in it, which the sender's URL has too.
    path = event.get("rawPath") or context.get("path") or event.get("path")
    if not isinstance(method, str) or not isinstance(path, str):
        _is_no_request()
    query = _query(event, is_raw="elb" in context)
    peer = of_v2.get("sourceIp") or (context.get("identity") or {}).get("sourceIp")
    return Head(method, path + (f"?{query}" if query else ""), _headers(event), peer)


def body_of(event: Event) -> bytes:
    """The raw body."""
    body = event.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        _is_no_request()
    try:
        return b64decode(body, validate=True) if event.get("isBase64Encoded") else _bytes(body)
    except (Base64Error, ValueError):
        _is_no_request()


def _headers(event: Event) -> list[tuple[bytes, bytes]]:
    """`headers` has only the last of a repeated one; format 2.0 takes the cookies out."""
    listed = [(name, each) for name, values in _of(event, "headers") for each in values]
    cookies = event.get("cookies")
    if cookies:
        listed.append(("cookie", "; ".join(cookies)))
    return [(_bytes(name), _bytes(value)) for name, value in listed]


def _query(event: Event, *, is_raw: bool) -> str:
    """API Gateway has decoded the parameters, a load balancer has not."""
    if isinstance(raw := event.get("rawQueryString"), str):
        return raw
    spelled = str if is_raw else (lambda text: quote(_bytes(text), safe=""))
    listed = _of(event, "queryStringParameters")
    return "&".join(f"{spelled(name)}={spelled(one)}" for name, values in listed for one in values)


def _of(event: Event, key: str) -> list[tuple[str, list[str]]]:
    many = event.get(f"multiValue{key[0].upper()}{key[1:]}")
    if many:
        return list(many.items())
    return [(name, [value]) for name, value in (event.get(key) or {}).items()]


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _is_no_request() -> NoReturn:
    raise BodyConsumedError.because("the event is no HTTP request with its raw body", _ADVICE)


def _response(event: Event, answer: Answer) -> dict[str, Any]:
    try:
        body, is_base64 = answer.body.decode(), False
    except UnicodeDecodeError:
        body, is_base64 = b64encode(answer.body).decode(), True
    response = {"statusCode": answer.status, "body": body, "isBase64Encoded": is_base64}
    if event.get("multiValueHeaders") is not None:
        response["multiValueHeaders"] = {name: [value] for name, value in answer.headers}
    else:
        response["headers"] = dict(answer.headers)
    if "elb" in event["requestContext"]:
        response["statusDescription"] = f"{answer.status} {HTTPStatus(answer.status).phrase}"
    return response


def _status(made: Any) -> int:
    """Of what a handler gave: without a status it is 200, as format 2.0 has it."""
    if isinstance(made, BaseException):
        return 500
    status = made.get("statusCode", 200) if isinstance(made, Mapping) else 200
    return status if isinstance(status, int) else 500
