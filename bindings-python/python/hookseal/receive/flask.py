"""Flask: a decorator.

    @app.post("/stripe")
    @webhook(Receiver("stripe", secret_env="STRIPE_SECRET"))
    def paid(delivery): ...

The view is called with the delivery, which comes before what the route captures. One that returns
`None` has taken it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug import Response as WerkzeugResponse
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from .. import Answer
from ._handling import handled
from ._receiver import Receiver
from ._store import synchronous
from .wsgi import head_of

if TYPE_CHECKING:
    from .. import Delivery

_P = ParamSpec("_P")
_View: TypeAlias = Callable[_P, ResponseReturnValue]
_Handler: TypeAlias = "Callable[Concatenate[Delivery, _P], ResponseReturnValue | None]"

_ADVICE = (
    "move what reads request.form, request.files or request.stream (a before_request function, an"
    " extension, a decorator above @webhook) so that it runs after @webhook"
)


def webhook(receiver: Receiver) -> Callable[[_Handler[_P]], _View[_P]]:
    """Has a view called with the delivery, once it is verified."""
    synchronous(receiver)

    def decorate(view: _Handler[_P]) -> _View[_P]:
        @wraps(view)
        def receive(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
            def run(delivery: Delivery) -> Response | None:
                made = current_app.ensure_sync(view)(delivery, *args, **kwargs)
                return None if made is None else current_app.make_response(made)

            made: Response = handled(receiver, _judge(receiver), run, _response, _status)
            return made

        return receive

    return decorate


def _judge(receiver: Receiver) -> Delivery | Answer:
    head = head_of(request.environ)
    if answer := receiver.too_large(*head):
        return answer
    if not head.length:
        # Werkzeug cuts a body off at this length, and does not say so: one byte more shows it.
        request.max_content_length = receiver.body_limit + 1
    try:
        body = request.get_data(cache=True)
    except RequestEntityTooLarge:
        return receiver.refuse_size(head)
    return receiver.receive(*head, head.whole(body, _ADVICE))


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, answer.headers)


def _status(made: Any) -> int:
    """Of a response, or of one that was raised."""
    if isinstance(made, HTTPException):
        return made.get_response().status_code
    return made.status_code if isinstance(made, WerkzeugResponse) else 500
