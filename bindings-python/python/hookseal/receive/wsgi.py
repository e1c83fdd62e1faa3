"""Any WSGI application: a middleware in front of it.

    app = DeliveryMiddleware(app, {"/stripe": Receiver("stripe", secret_env="STRIPE_SECRET")})

Behind it, `delivery_of(environ)` is the delivery, and the body can be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from .. import Answer
from ._receiver import Receiver
from ._request import Head

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

    from .. import Delivery

Environ: TypeAlias = dict[str, Any]

_KEY = "hookseal.delivery"
_ADVICE = "put hookseal's DeliveryMiddleware around whatever reads wsgi.input"


def delivery_of(environ: Environ) -> Delivery:
    """The delivery that the middleware has verified."""
    if _KEY in environ:
        found: Delivery = environ[_KEY]
        return found
    path = environ.get("PATH_INFO")
    raise LookupError(f"no delivery was verified: DeliveryMiddleware has no receiver for {path!r}")


def head_of(environ: Environ) -> Head:
    """What an environment tells of a request. The server has joined a header that was there twice,
    which no signature survives."""
    headers = [
        (name.encode("latin-1"), str(value).encode("latin-1", "replace"))
        for key, value in environ.items()
        if (name := _header_name(key)) and value != ""
    ]
    return Head(
        environ["REQUEST_METHOD"], _target(environ), headers, environ.get("REMOTE_ADDR") or None
    )


def _header_name(key: str) -> str:
    name = key[5:] if key.startswith("HTTP_") else key
    is_header = name is not key or key in ("CONTENT_TYPE", "CONTENT_LENGTH")
    return name.replace("_", "-").lower() if is_header else ""


def _target(environ: Environ) -> str:
    """Path and query as they came, where the server tells; else the path escaped once more."""
    for key in ("RAW_URI", "REQUEST_URI"):
        if raw := environ.get(key):
            return str(raw).encode("latin-1", "replace").decode(errors="replace")
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    return quote(path.encode("latin-1", "replace")) + (f"?{query}" if query else "")


class DeliveryMiddleware:
    """Verifies what is sent to the paths of `receivers`, each with its own; all else passes. A path
    is one below the place where the application is mounted: `PATH_INFO`."""

    def __init__(self, app: WSGIApplication, receivers: Mapping[str, Receiver]) -> None:
        self._app = app
        self._receivers = dict(receivers)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        receiver = self._receivers.get(environ.get("PATH_INFO", ""))
        if receiver is None:
            return self._app(environ, start_response)
        head = head_of(environ)
        if answer := receiver.too_large(*head):
            return _send(answer, start_response)
        body = head.whole(_read(environ, head.length, receiver.body_limit), _ADVICE)
        judged = receiver.receive(*head, body)
        if isinstance(judged, Answer):
            return _send(judged, start_response)
        environ[_KEY] = judged
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return self._app(environ, start_response)


def _read(environ: Environ, length: int, limit: int) -> bytes:
    """The body; of one that is too large, enough to show it. Without a length there is a body only
    where the server says that its stream ends."""
    left = limit + 1 if environ.get("wsgi.input_terminated") and not length else length
    chunks = []
    while left > 0 and (chunk := environ["wsgi.input"].read(left)):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _send(answer: Answer, start_response: StartResponse) -> Iterable[bytes]:
    status = HTTPStatus(answer.status)
    headers = list(answer.headers)
    if status != HTTPStatus.NO_CONTENT:
        headers.append(("content-length", str(len(answer.body))))
    start_response(f"{status.value} {status.phrase}", headers)
    return [answer.body]
