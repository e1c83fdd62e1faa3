"""FastAPI and Starlette: a dependency that is the delivery.

    app = FastAPI()
    install(app)
    github = webhook(Receiver("github", secret_env="GITHUB_SECRET"))

    @app.post("/github")
    async def pushed(delivery: Annotated[Delivery, Depends(github)]) -> None: ...

In Starlette's own endpoints: `delivery = await github(request)`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .. import Answer, Delivery
from ._receiver import Receiver
from ._request import BodyConsumedError
from .asgi import Held, head_of

_HELD = "hookseal.held"
_ADVICE = (
    "leave out of the endpoint every parameter that reads the body (a model, Form, File), and take"
    " delivery.json() or delivery.body instead; a middleware that reads the body has to hand it on"
)


class Answered(Exception):
    """The request has its answer, and the endpoint is not called: a refusal, or an endpoint
    validation."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def install(app: Starlette) -> None:
    """Has an application send the answers of its `webhook`s, and tell their stores by the status of
    a response whether a delivery was handled. Call it before the application runs."""
    app.add_exception_handler(Answered, _respond)
    app.add_middleware(_Settles)


class _Settles:
    """Tells the store before the response is sent, whoever made it: the endpoint, or a handler of
    exceptions."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = scope[_HELD] = Held()
        await held.run(lambda: self._app(scope, receive, held.sends(send)), send)


def webhook(receiver: Receiver) -> Callable[[Request], Awaitable[Delivery]]:
    """A dependency that is the delivery; of an application that `install` was called with."""

    async def delivery(request: Request) -> Delivery:
        if Answered not in request.app.exception_handlers:
            raise RuntimeError(
                "nothing would send the answer to a refused delivery: call"
                " hookseal.receive.starlette.install(app) where the application is made"
            )
        judged = await _judge(receiver, request)
        begun = judged if isinstance(judged, Answer) else await receiver.abegin(judged)
        if isinstance(begun, Answer):
            raise Answered(begun)
        request.scope[_HELD].append(begun)
        return begun.delivery

    return delivery


async def _judge(receiver: Receiver, request: Request) -> Delivery | Answer:
    head = head_of(request.scope)
    if answer := receiver.too_large(*head):
        return answer
    body = head.whole(await _read(request, receiver.body_limit), _ADVICE)
    return receiver.receive(*head, body)


async def _read(request: Request, limit: int) -> bytes:
    """The body; of one that is too large, enough to show it. It can be asked for again."""
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > limit:
                break
    except RuntimeError as error:
        what = "the request's body was read already"
        raise BodyConsumedError.because(what, _ADVICE) from error
    request._body = bytes(read[: limit + 1])
    return request._body


async def _respond(_: Request, answered: Exception) -> Response:
    answer = answered.answer if isinstance(answered, Answered) else Answer(500, [], b"")
    return Response(answer.body, answer.status, dict(answer.headers))
