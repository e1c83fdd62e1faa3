"""A body that is gone, a piece that was forgotten: the error says which line to move where."""

from __future__ import annotations

import asyncio
import io
from typing import Annotated, Any

import flask
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient as AiohttpClient
from aiohttp.test_utils import TestServer as AiohttpServer
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, RequestFactory, override_settings
from fastapi import Body, Depends, FastAPI, Form, Request
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import hookseal
from hookseal import Delivery
from hookseal.receive import BodyConsumedError, Receiver
from hookseal.receive import aiohttp as of_aiohttp
from hookseal.receive import asgi as of_asgi
from hookseal.receive import django as of_django
from hookseal.receive import flask as of_flask
from hookseal.receive import starlette as of_starlette
from hookseal.receive import wsgi as of_wsgi

from _applications import MIDDLEWARE, ParsedFirst
from _deliveries import STRIPE_SECRET, by_stripe

FORM = "application/x-www-form-urlencoded"


def stripe() -> Receiver:
    return Receiver("stripe", secret=STRIPE_SECRET, body_limit=4096)


def headers(kind: str = "application/json") -> dict[str, str]:
    return {"content-type": kind, "stripe-signature": by_stripe().headers[1][1]}


BODY = by_stripe().body


def fastapi(path_function: Any, *, middleware: Any = None, installed: bool = True) -> TestClient:
    app = FastAPI()
    if installed:
        of_starlette.install(app)
    if middleware is not None:
        app.add_middleware(BaseHTTPMiddleware, dispatch=middleware)
    app.post("/hook")(path_function)
    return TestClient(app)


WEBHOOK = of_starlette.webhook(stripe())


def test_fastapi_with_a_form_beside_the_delivery() -> None:
    async def take(id: Annotated[str, Form()], delivery: Delivery = Depends(WEBHOOK)) -> None:
        raise AssertionError

    with pytest.raises(BodyConsumedError, match=r"leave out of the endpoint .* Form"):
        fastapi(take).post("/hook", content=BODY, headers=headers(FORM))


def test_fastapi_with_a_model_beside_the_delivery() -> None:
    """FastAPI keeps what it has parsed: nothing is lost."""

    async def take(event: Annotated[Any, Body()], delivery: Delivery = Depends(WEBHOOK)) -> Any:
        return [event, delivery.json()]

    answer = fastapi(take).post("/hook", content=BODY, headers=headers())
    assert (
        answer.json()[0]
        == answer.json()[1]
        == {"id": "evt_1", "type": "invoice.paid", "name": "Zoë"}
    )


@pytest.mark.parametrize(("read", "status"), [("json", 200), ("body", 200), ("form", None)])
def test_fastapi_behind_a_middleware_that_reads(read: str, status: int | None) -> None:
    async def first(request: Request, call_next: Any) -> Any:
        await getattr(request, read)()
        return await call_next(request)

    async def take(request: Request, delivery: Delivery = Depends(WEBHOOK)) -> Any:
        return await request.json()

    client = fastapi(take, middleware=first)
    kind = FORM if read == "form" else "application/json"
    if status is None:
        with pytest.raises(BodyConsumedError, match="a middleware that reads the body"):
            client.post("/hook", content=BODY, headers=headers(kind))
    else:
        answer = client.post("/hook", content=BODY, headers=headers(kind))
        assert (answer.status_code, answer.json()["id"]) == (status, "evt_1")


def test_fastapi_without_install() -> None:
    async def take(delivery: Delivery = Depends(WEBHOOK)) -> None: ...

    client = fastapi(take, installed=False)
    with pytest.raises(RuntimeError, match=r"install\(app\)"):
        client.post("/hook", content=BODY, headers=headers())


def test_starlette_alone() -> None:
    async def take(request: Request) -> PlainTextResponse:
        delivery = await WEBHOOK(request)
        return PlainTextResponse(str(delivery.event_id))

    app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    of_starlette.install(app)
    client = TestClient(app)
    assert client.post("/hook", content=BODY, headers=headers()).text == "evt_1"
    refused = client.post("/hook", content=BODY)
    assert (refused.status_code, refused.text) == (401, hookseal.PUBLIC_MESSAGE)


def test_an_asgi_middleware_in_front_of_ours() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    guarded = of_asgi.DeliveryMiddleware(app, {"/hook": stripe()})
    with pytest.raises(BodyConsumedError, match="add it last"):
        TestClient(ParsedFirst(guarded, "/hook")).post("/hook", content=BODY, headers=headers())


def test_a_path_without_a_receiver() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        of_asgi.delivery_of(scope)

    guarded = of_asgi.DeliveryMiddleware(app, {"/hook": stripe()})
    with pytest.raises(LookupError, match="no receiver for '/hook/'"):
        TestClient(guarded).post("/hook/", content=BODY, headers=headers())
    with pytest.raises(LookupError, match="no receiver for '/a'"):
        of_wsgi.delivery_of({"PATH_INFO": "/a"})
    with pytest.raises(LookupError, match="no receiver for '/middleware/forgotten'"):
        Client(raise_request_exception=True).post(f"{MIDDLEWARE}/forgotten", BODY, FORM)


def test_a_client_that_goes_away_has_no_answer() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/hook", "headers": [(b"content-length", b"9")]
    }  # fmt: skip
    asyncio.run(of_asgi.DeliveryMiddleware(app, {"/hook": stripe()})(scope, receive, send))
    assert sent == []


def django_request(**more: Any) -> HttpRequest:
    meta = {"HTTP_STRIPE_SIGNATURE": by_stripe().headers[1][1]}
    return RequestFactory().post("/hook", BODY, "application/json", **meta, **more)


@of_django.webhook(stripe())
def django_view(request: HttpRequest, delivery: Delivery, more: str = "") -> HttpResponse | None:
    return HttpResponse(f"{delivery.event_id}{more}") if more else None


@of_django.webhook(stripe())
async def django_async_view(request: HttpRequest, delivery: Delivery) -> HttpResponse | None:
    return None


def test_django_with_a_body_that_was_read() -> None:
    request = django_request()
    request.read(1)
    with pytest.raises(BodyConsumedError, match="first in MIDDLEWARE"):
        django_view(request)
    emptied = django_request()
    emptied.read()
    with pytest.raises(BodyConsumedError, match="decorator above @webhook"):
        django_view(emptied)
    kept = django_request()
    assert kept.body
    assert django_view(kept, more="!").content == b"evt_1!"


def test_django_takes_none_for_an_acknowledgement() -> None:
    assert (django_view(django_request()).status_code, django_view(django_request()).content) == (
        200,
        b"",
    )
    response = asyncio.run(_call(django_async_view(django_request())))
    assert (response.status_code, response.content) == (200, b"")


async def _call(awaitable: Any) -> Any:
    return await awaitable


def test_django_checks_no_csrf_where_a_signature_is_checked() -> None:
    meta = {"HTTP_STRIPE_SIGNATURE": by_stripe().headers[1][1]}
    client = Client(enforce_csrf_checks=True)
    for prefix in ("", "/async", MIDDLEWARE):
        response = client.post(f"{prefix}/stripe", BODY, "application/json", **meta)
        assert (response.status_code, response.content.split()[1]) == (200, b"evt_1")
    assert client.post(f"{MIDDLEWARE}/forgotten", BODY, FORM).status_code == 403


def test_django_asynchronously() -> None:
    async def send() -> HttpResponse:
        meta = {"stripe-signature": by_stripe().headers[1][1]}
        client = AsyncClient()
        response: Any = await client.post("/async/stripe", BODY, "application/json", headers=meta)
        return response

    assert asyncio.run(send()).content.startswith(b"stripe evt_1 ")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_django_has_a_limit_of_its_own() -> None:
    response = django_view(django_request(), more="!")
    assert (response.status_code, response.content) == (413, hookseal.PUBLIC_MESSAGE.encode())


def test_django_without_the_setting() -> None:
    with override_settings():
        from django.conf import settings

        del settings.HOOKSEAL
        with pytest.raises(ImproperlyConfigured, match="HOOKSEAL"):
            of_django.middleware(lambda request: HttpResponse())


def flask_client(*, first: Any = None, view: Any = None) -> Any:
    app = flask.Flask("hooks")
    app.testing = True
    if first:
        app.before_request(first)
    app.post("/hook/<more>")(of_flask.webhook(stripe())(view or (lambda delivery, more: None)))
    return app.test_client()


def test_flask_with_a_form_that_was_read() -> None:
    client = flask_client(first=lambda: list(flask.request.form.values()) and None)
    with pytest.raises(BodyConsumedError, match=r"request\.form"):
        client.post("/hook/a", data=BODY, headers=headers(FORM))


def test_flask_with_json_that_was_read() -> None:
    """Flask keeps the raw body when it parses JSON: nothing is lost."""
    client = flask_client(first=lambda: flask.request.get_json() and None)
    assert client.post("/hook/a", data=BODY, headers=headers()).status_code == 200


def test_flask_views() -> None:
    async def asynchronous(delivery: Delivery, more: str) -> str:
        return f"{delivery.event_id} {more} {flask.request.get_json()['id']}"

    def plain(delivery: Delivery, more: str) -> str:
        return f"{delivery.event_id} {more}"

    assert flask_client(view=plain).post("/hook/a", data=BODY, headers=headers()).text == "evt_1 a"
    assert flask_client().post("/hook/a", data=BODY, headers=headers()).data == b""
    client = flask_client(view=asynchronous)
    assert client.post("/hook/a", data=BODY, headers=headers()).text == "evt_1 a evt_1"


def aiohttp_post(
    handler: Any, *middlewares: Any, max_size: int = 1 << 20, body: bytes = BODY
) -> Any:
    async def run() -> Any:
        app = web.Application(middlewares=middlewares, client_max_size=max_size)
        app.router.add_post("/hook", handler)
        async with AiohttpClient(AiohttpServer(app)) as client:
            answer = await client.post("/hook", data=body, headers=headers())
            return answer.status, await answer.text()

    return asyncio.run(run())


@of_aiohttp.webhook(stripe())
async def aiohttp_handler(request: web.Request, delivery: Delivery) -> web.StreamResponse | None:
    return None


def test_aiohttp_with_a_body_that_was_read() -> None:
    raised: list[BaseException] = []

    @web.middleware
    async def first(request: web.Request, handler: Any) -> Any:
        await request.content.read()
        try:
            return await handler(request)
        except BodyConsumedError as error:
            raised.append(error)
            raise

    assert aiohttp_post(aiohttp_handler, first)[0] == 500
    assert "request.content" in str(raised[0])


def test_aiohttp_otherwise() -> None:
    @web.middleware
    async def keeps(request: web.Request, handler: Any) -> Any:
        await request.json()
        return await handler(request)

    assert aiohttp_post(aiohttp_handler, keeps) == (200, "")
    small = aiohttp_post(aiohttp_handler, max_size=10)
    assert small == (413, hookseal.PUBLIC_MESSAGE)


def environ(**more: Any) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/hook",
        "CONTENT_LENGTH": str(len(BODY)),
        "HTTP_STRIPE_SIGNATURE": by_stripe().headers[1][1],
        "wsgi.input": io.BytesIO(BODY),
        **more,
    }


def wsgi(environment: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    started: list[Any] = []

    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        read = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        return [str(of_wsgi.delivery_of(environ).event_id).encode(), read]

    guarded = of_wsgi.DeliveryMiddleware(app, {"/hook": stripe()})
    body = b"".join(guarded(environment, lambda *it: started.append(it)))  # type: ignore[arg-type]
    return (*started[0], body)


def test_wsgi() -> None:
    assert wsgi(environ()) == ("200 OK", [], b"evt_1" + BODY)
    consumed = environ()
    consumed["wsgi.input"].read()
    with pytest.raises(BodyConsumedError, match=r"wsgi\.input"):
        wsgi(consumed)
    status, sent, body = wsgi(environ(HTTP_STRIPE_SIGNATURE="é\u0100"))
    assert (status, body) == ("401 Unauthorized", hookseal.PUBLIC_MESSAGE.encode())
    assert ("content-length", str(len(body))) in sent
    ended = environ(CONTENT_LENGTH="", **{"wsgi.input_terminated": True})
    assert wsgi(ended)[2] == b"evt_1" + BODY
    endless = environ(CONTENT_LENGTH="")
    assert wsgi(endless)[0] == "401 Unauthorized"


@pytest.mark.parametrize(
    ("of_server", "target"),
    [
        ({"RAW_URI": "/a%2fb?c=%20"}, "/a%2fb?c=%20"),
        ({"REQUEST_URI": "/a%2fb?"}, "/a%2fb?"),
        ({"SCRIPT_NAME": "/a", "PATH_INFO": "/b c", "QUERY_STRING": "d=%41"}, "/a/b%20c?d=%41"),
        ({"PATH_INFO": "/\xc3\xa9"}, "/%C3%A9"),
    ],
)
def test_what_was_requested_of_a_wsgi_server(of_server: dict[str, str], target: str) -> None:
    head = of_wsgi.head_of({"REQUEST_METHOD": "POST", **of_server})
    assert (head.target, head.peer) == (target, None)


def test_the_headers_of_a_wsgi_server() -> None:
    head = of_wsgi.head_of(
        environ(HTTP_X_NAME="Zo\xeb", CONTENT_TYPE="a/b", SERVER_NAME="no", HTTP_="no")
    )
    names = dict(head.headers)
    assert names[b"x-name"] == b"Zo\xeb" and names[b"content-type"] == b"a/b"
    assert set(names) == {b"content-length", b"content-type", b"stripe-signature", b"x-name"}


def test_django_rest_framework() -> None:
    """Its requests read the body when `data` is first asked for, and keep that of JSON alone."""
    from rest_framework.decorators import api_view, permission_classes
    from rest_framework.response import Response

    take = of_django.webhook(stripe())(lambda request, delivery: Response(delivery.event_id))  # type: ignore[call-overload]

    @of_django.webhook(stripe())
    @api_view(["POST"])
    @permission_classes([])
    def outside(request: Any, delivery: Delivery) -> Any:
        return Response([delivery.event_id, request.data["id"]])

    @api_view(["POST"])
    @permission_classes([])
    def inside(request: Any) -> Any:
        assert request.data
        return take(request)

    assert outside(django_request()).data == ["evt_1", "evt_1"]
    assert inside(django_request()).data == "evt_1"
    with pytest.raises(BodyConsumedError, match="REST framework"):
        inside(RequestFactory().post("/hook", {"of": "a multipart form"}))


@pytest.mark.parametrize("of", ["asgi", "fastapi"])
def test_of_an_endless_body_little_is_read(of: str) -> None:
    async def never(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    async def take(delivery: Delivery = Depends(WEBHOOK)) -> None:
        raise AssertionError

    app: Any = of_asgi.DeliveryMiddleware(never, {"/hook": stripe()})
    if of == "fastapi":
        app = FastAPI()
        of_starlette.install(app)
        app.post("/hook")(take)
    chunks: list[int] = []
    sent: list[Any] = []

    async def receive() -> Any:
        chunks.append(1000)
        assert len(chunks) < 100
        return {"type": "http.request", "body": bytes(1000), "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/hook", "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    assert (sent[0]["status"], sum(chunks)) == (413, 5000)


def test_of_an_endless_stream_little_is_read() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 < size < 10_000
            self.given += min(size, 1000)
            return bytes(min(size, 1000))

    stream = Endless()
    more = {"wsgi.input": stream, "wsgi.input_terminated": True}
    assert wsgi(environ(CONTENT_LENGTH="", **more))[0].startswith("413")
    assert stream.given == 4097
