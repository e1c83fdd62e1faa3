"""Django: a decorator for views, of either kind, and a middleware.

    @webhook(settings.STRIPE)  # STRIPE = Receiver("stripe", secret_env="STRIPE_SECRET")
    def paid(request, delivery): ...

The view is called with the delivery, which comes before what the URL captures, and is exempt from
the CSRF check. One that returns `None` has taken it.

Make receivers in the settings: they are loaded before the server listens, views are not. Django
itself reads no body above `DATA_UPLOAD_MAX_MEMORY_SIZE`, 2.5 MiB unless you set it.
"""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast, overload

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.decorators import sync_and_async_middleware
from django.views.decorators.csrf import csrf_exempt

from .. import Answer
from ._handling import ahandled, handled, store_error, unavailable
from ._receiver import Receiver
from ._request import BodyConsumedError, Head
from ._store import synchronous
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

    def decorate(view: Any) -> Any:
        if not iscoroutinefunction(view):
            synchronous(receiver)

        @wraps(view)
        def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            def run(delivery: Delivery) -> Any:
                try:
                    return view(request, delivery, *args, **kwargs)
                except Exception as error:
                    _roll_back(error)
                    raise

            made = handled(receiver, _judge(receiver, request), run, _response, _status)
            return cast("HttpResponseBase", made)

        @wraps(view)
        async def areceive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            def run(delivery: Delivery) -> Any:
                return view(request, delivery, *args, **kwargs)

            made = await ahandled(receiver, _judge(receiver, request), run, _response, _status)
            return cast("HttpResponseBase", made)

        return csrf_exempt(areceive if iscoroutinefunction(view) else receive)

    return decorate


@sync_and_async_middleware
def middleware(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Verifies what is sent to the paths of the setting `HOOKSEAL`, each with its `Receiver`:
    `delivery_of(request)` is the delivery then. All else passes."""
    receivers: Mapping[str, Receiver] | None = getattr(settings, "HOOKSEAL", None)
    if receivers is None:
        raise ImproperlyConfigured('the setting HOOKSEAL is missing: {"/path/": Receiver(...)}')

    if not iscoroutinefunction(get_response):
        for each in receivers.values():
            synchronous(each)

    def judged(request: HttpRequest) -> tuple[Receiver, Delivery | Answer] | None:
        receiver = receivers.get(request.path_info)
        if receiver is None:
            return None
        found = _judge(receiver, request)
        if not isinstance(found, Answer):
            # Who signs a request is no browser that was made to send it.
            vars(request).update({_NAME: found, "_dont_enforce_csrf_checks": True})
        return receiver, found

    async def aprocess(request: HttpRequest) -> Any:
        found = judged(request)
        if found is None:
            return await get_response(request)
        return await ahandled(*found, lambda _: get_response(request), _response, _status)

    def process(request: HttpRequest) -> Any:
        found = judged(request)
        if found is None:
            return get_response(request)
        return handled(*found, lambda _: get_response(request), _response, _status)

    made = aprocess if iscoroutinefunction(get_response) else process
    vars(made)["process_exception"] = partial(_failed, receivers)
    return made


def _failed(
    receivers: Mapping[str, Receiver], request: HttpRequest, error: Exception
) -> HttpResponse | None:
    """The answer where a store failed in a transaction of the view's own."""
    delivery = vars(request).get(_NAME)
    if delivery is None or not store_error(error):
        return None
    return _response(unavailable(receivers[request.path_info], delivery, error))


def _roll_back(error: Exception) -> None:
    """The view's own transaction, as that of `ATOMIC_REQUESTS`, where a store failed in it: it
    would see a response, and commit what the next retry does again."""
    if store_error(error):
        for connection in connections.all(initialized_only=True):
            if connection.in_atomic_block:
                connection.set_rollback(True)


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


def _status(made: Any) -> int:
    """Of a response; what a view raises is none."""
    return getattr(made, "status_code", 500)
