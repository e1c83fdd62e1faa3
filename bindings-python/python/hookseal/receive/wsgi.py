"""Any WSGI application: a middleware in front of it.

    app = DeliveryMiddleware(app, {"/stripe": Receiver("stripe", secret_env="STRIPE_SECRET")})

Behind it, `delivery_of(environ)` is the delivery, and the body can be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from .. import Answer
from ._handling import Handling, is_success, store_error, unavailable
from ._receiver import Receiver
from ._store import synchronous
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
        for each in self._receivers.values():
            synchronous(each)

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
        begun = receiver.begin(judged)
        if isinstance(begun, Answer):
            return _send(begun, start_response)
        environ[_KEY] = judged
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return _Held(begun, start_response).call(self._app, environ)


class _Held:
    """The response to a delivery that is being handled. It is finished by its status, as soon as
    all of it is there; one that ends early has failed."""

    def __init__(self, handling: Handling, start_response: StartResponse) -> None:
        self._handling = handling
        self._start_response = start_response
        self._status = 0
        self._parts: Iterable[bytes] = ()

    def call(self, app: WSGIApplication, environ: Environ) -> Iterable[bytes]:
        """What the application gives."""
        try:
            self._parts = app(environ, self._start)
        except BaseException as error:
            return self._failed(error)
        if isinstance(self._parts, (list, tuple)):
            self._handling.finish(is_success(self._status))
            return self._parts
        return self

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._parts
        except Exception as error:
            yield from self._failed(error)
        else:
            self._handling.finish(is_success(self._status))

    def close(self) -> None:
        """Called by the server, however the response has ended."""
        try:
            if hasattr(self._parts, "close"):
                self._parts.close()
        finally:
            self._handling.finish(False)

    def _start(self, status: str, *rest: Any) -> Any:
        self._status = int(status[:3]) if status[:3].isdecimal() else 500
        return self._start_response(status, *rest)

    def _failed(self, error: BaseException) -> Iterable[bytes]:
        """Where a store fails in a transaction of the handler's own, that is answered here."""
        self._handling.finish(False)
        if self._status or not store_error(error):
            raise error
        begun = self._handling
        answer = unavailable(begun.receiver, begun.delivery, error)
        return _send(answer, self._start_response)


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
