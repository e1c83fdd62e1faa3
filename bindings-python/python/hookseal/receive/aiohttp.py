"""aiohttp: a decorator.

    @webhook(Receiver("stripe", secret_env="STRIPE_SECRET"))
    async def paid(request, delivery): ...

    app.router.add_post("/stripe", paid)

A handler that returns `None` has taken the delivery. aiohttp itself reads no body above the
`client_max_size` of the application, 1 MiB unless you say otherwise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeAlias

from aiohttp import web

from .. import Answer
from ._handling import ahandled
from ._receiver import Receiver
from ._request import Head

if TYPE_CHECKING:
    from .. import Delivery

_View: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Handler: TypeAlias = "Callable[[web.Request, Delivery], Awaitable[web.StreamResponse | None]]"

_ADVICE = (
    "move what reads request.content, request.post() or request.multipart() (a middleware, a"
    " decorator above @webhook) so that it runs after @webhook"
)


def webhook(receiver: Receiver) -> Callable[[_Handler], _View]:
    """Has a handler called with the delivery, once it is verified."""

    def decorate(handler: _Handler) -> _View:
        @wraps(handler)
        async def receive(request: web.Request) -> web.StreamResponse:
            judged = await _judge(receiver, request)
            run = partial(handler, request)
            response: web.StreamResponse = await ahandled(
                receiver, judged, run, _response, _status
            )
            return response

        return receive

    return decorate


async def _judge(receiver: Receiver, request: web.Request) -> Delivery | Answer:
    head = Head(request.method, request.raw_path, request.raw_headers, request.remote)
    if answer := receiver.too_large(*head):
        return answer
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return receiver.refuse_size(head)
    return receiver.receive(*head, head.whole(body, _ADVICE))


def _response(answer: Answer) -> web.Response:
    return web.Response(body=answer.body, status=answer.status, headers=dict(answer.headers))


def _status(made: Any) -> int:
    """Of a response, or of one that was raised."""
    return made.status if isinstance(made, web.StreamResponse) else 500
