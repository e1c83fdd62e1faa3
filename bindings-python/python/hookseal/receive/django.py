"""Django: a decorator for views, of either kind, and a middleware.

    @webhook(settings.STRIPE)  # STRIPE = Receiver("stripe", secret_env="STRIPE_SECRET")
    def paid(request, delivery): ...

The view is called with the delivery, which comes before what the URL captures, and is exempt from
the CSRF check. One that returns `None` has taken it.

Make receivers in the settings: they are loaded before the server listens, views are not. Django
itself reads no body above `DATA_UPLOAD_MAX_MEMORY_SIZE`, 2.5 MiB unless you set it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast, overload

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.decorators import sync_and_async_middleware
from django.views.decorators.csrf import csrf_exempt

from .. import Answer
from ._receiver import Receiver
from ._request import BodyConsumedError, Head
from .asgi import head_of as head_of_scope
from .wsgi import head_of as head_of_environ

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from django.http.response import HttpResponseBase

    from .. import Delivery

    _Handler: TypeAlias = Callable[..., HttpResponseBase | None]
    _View: TypeAlias = Callable[..., HttpResponseBase]
    _AsyncHandler: TypeAlias = Callable[..., Coroutine[Any, Any, HttpResponseBase | None]]
    _AsyncView: TypeAlias = Callable[..., Coroutine[Any, Any, HttpResponseBase]]


class _Decorator(Protocol):
    @overload
    def __call__(self, view: _AsyncHandler, /) -> _AsyncView: ...
    @overload
    def __call__(self, view: _Handler, /) -> _View: ...


_NAME = "hookseal_delivery"
_ADVICE = (
    "move what reads request.POST, request.FILES or request.read() (a middleware, a decorator above"
    " @webhook, request.data of REST framework) so that it runs after @webhook, or put"
    " hookseal.receive.django.middleware first in MIDDLEWARE"
)


def webhook(receiver: Receiver) -> _Decorator:
    """Has a view called with the delivery, once it is verified."""

    def respond(response: HttpResponseBase | None) -> HttpResponseBase:
        return _response(receiver.acknowledgement()) if response is None else response

    def decorate(view: Any) -> Any:
        @wraps(view)
        def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            judged = _judge(receiver, request)
            if isinstance(judged, Answer):
                return _response(judged)
            return respond(view(request, judged, *args, **kwargs))

        @wraps(view)
        async def areceive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            judged = _judge(receiver, request)
            if isinstance(judged, Answer):
                return _response(judged)
            return respond(await view(request, judged, *args, **kwargs))

        return csrf_exempt(areceive if iscoroutinefunction(view) else receive)

    return decorate


@sync_and_async_middleware
def middleware(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Verifies what is sent to the paths of the setting `HOOKSEAL`, each with its `Receiver`:
    `delivery_of(request)` is the delivery then. All else passes."""
    receivers: Mapping[str, Receiver] | None = getattr(settings, "HOOKSEAL", None)
    if receivers is None:
        raise ImproperlyConfigured('the setting HOOKSEAL is missing: {"/path/": Receiver(...)}')

    def answer(request: HttpRequest) -> HttpResponse | None:
        receiver = receivers.get(request.path_info)
        judged = None if receiver is None else _judge(receiver, request)
        if isinstance(judged, Answer):
            return _response(judged)
        if judged is not None:
            # Who signs a request is no browser that was made to send it.
            vars(request).update({_NAME: judged, "_dont_enforce_csrf_checks": True})
        return None

    async def aprocess(request: HttpRequest) -> Any:
        return answer(request) or await get_response(request)

    def process(request: HttpRequest) -> Any:
        return answer(request) or get_response(request)

    return aprocess if iscoroutinefunction(get_response) else process


def delivery_of(request: HttpRequest) -> Delivery:
    """The delivery that the middleware has verified."""
    if _NAME in vars(request):
        return cast("Delivery", vars(request)[_NAME])
    raise LookupError(
        f"no delivery was verified: HOOKSEAL has no receiver for {request.path_info!r}"
    )


def _judge(receiver: Receiver, request: HttpRequest) -> Delivery | Answer:
    scope = getattr(request, "scope", None)
    head = head_of_environ(request.META) if scope is None else head_of_scope(scope)
    if answer := receiver.too_large(*head):
        return answer
    try:
        return receiver.receive(*head, _read(request, head, receiver.body_limit))
    except RequestDataTooBig:
        return receiver.refuse_size(head)


def _read(request: HttpRequest, head: Head, limit: int) -> bytes:
    """The body. Under ASGI one without a declared length is as large as its sender likes: of that
    no more is read than shows it, and a view finds it in the delivery alone."""
    try:
        if not head.length and hasattr(request, "scope"):
            return request.read(limit + 1)
        return head.whole(request.body, _ADVICE)
    except RawPostDataException as error:
        what = "the request's body was read already"
        raise BodyConsumedError.because(what, _ADVICE) from error


def _response(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    del response["content-type"]
    for name, value in answer.headers:
        response[name] = value
    return response
