"""Any ASGI application: a middleware in front of it.

    app = DeliveryMiddleware(app, {"/stripe": Receiver("stripe", secret_env="STRIPE_SECRET")})

Behind it, `delivery_of(scope)` is the delivery, and the body can be read again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from .. import Answer
from ._handling import Handling, is_success, store_error, unavailable
from ._receiver import Receiver
from ._request import Head

if TYPE_CHECKING:
    from .. import Delivery

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_KEY = "hookseal.delivery"
_ADVICE = (
    "put hookseal's DeliveryMiddleware in front of the middleware that reads the body, which is to"
    " say: add it last"
)


def delivery_of(scope: Scope) -> Delivery:
    """The delivery that the middleware has verified."""
    if _KEY in scope:
        found: Delivery = scope[_KEY]
        return found
    path = scope.get("path")
    raise LookupError(f"no delivery was verified: DeliveryMiddleware has no receiver for {path!r}")


def head_of(scope: Scope) -> Head:
    """What a scope tells of a request."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query = scope.get("query_string", b"")
    if isinstance(query, str):  # as Django's asynchronous test client has it
        query = query.encode()
    target = raw.partition(b"?")[0] + (b"?" + query if query else b"")
    client = scope.get("client")
    headers = [(bytes(name), bytes(value)) for name, value in scope["headers"]]
    return Head(
        scope["method"], target.decode(errors="replace"), headers, client[0] if client else None
    )


class DeliveryMiddleware:
    """Verifies what is sent to the paths of `receivers`, each with its own; all else passes."""

    def __init__(self, app: Application, receivers: Mapping[str, Receiver]) -> None:
        self._app = app
        self._receivers = dict(receivers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        receiver = self._receivers.get(scope["path"]) if scope["type"] == "http" else None
        if receiver is None:
            await self._app(scope, receive, send)
            return
        head = head_of(scope)
        if answer := receiver.too_large(*head):
            await _send(answer, send)
            return
        body = await _read(receive, receiver.body_limit)
        if body is None:
            return
        judged = receiver.receive(*head, head.whole(body, _ADVICE))
        if isinstance(judged, Answer):
            await _send(judged, send)
            return
        begun = await receiver.abegin(judged)
        if isinstance(begun, Answer):
            await _send(begun, send)
            return
        scope[_KEY] = judged
        held = Held(begun)
        await held.run(lambda: self._app(scope, _again(body, receive), held.sends(send)), send)


class Held(list[Handling]):
    """What is being handled in one request. It is finished by the status of the response, before
    that is sent; without a response it has failed."""

    def __init__(self, *handlings: Handling) -> None:
        super().__init__(handlings)
        self._has_begun = False

    def sends(self, send: Send) -> Send:
        """A `send` that sees the status."""

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._has_begun = True
                await self._finish(is_success(message["status"]))
            await send(message)

        return seen

    async def run(self, app: Callable[[], Awaitable[None]], send: Send) -> None:
        """Calls what handles it. Where a store fails in a transaction of the handler's own, that is
        answered here."""
        try:
            await app()
        except Exception as error:
            if not self or self._has_begun or not store_error(error):
                raise
            begun = self[0]
            await self._finish(False)
            await _send(unavailable(begun.receiver, begun.delivery, error), send)
        finally:
            await self._finish(False)

    async def _finish(self, is_handled: bool) -> None:
        while self:
            await self.pop().afinish(is_handled)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body; of one that is too large, enough to show it. `None`: the client has gone."""
    body = bytearray()
    more = True
    while more and len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body[: limit + 1])


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once more, and then what the server has."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


async def _send(answer: Answer, send: Send) -> None:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers]
    if answer.status != 204:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
