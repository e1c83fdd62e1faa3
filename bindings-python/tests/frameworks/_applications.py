"""One application for each helper, all with the same endpoints."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Annotated, Any

import django
import flask
from aiohttp import web
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path as django_path
from fastapi import Depends, FastAPI, Form, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from hookseal import Delivery
from hookseal.receive import aiohttp as of_aiohttp
from hookseal.receive import asgi as of_asgi
from hookseal.receive import django as of_django
from hookseal.receive import flask as of_flask
from hookseal.receive import starlette as of_starlette
from hookseal.receive import wsgi as of_wsgi

from _endpoints import receivers, took

METHODS = ["GET", "POST"]


def fastapi_application() -> FastAPI:
    app = FastAPI()
    of_starlette.install(app)
    for path, receiver in receivers().items():
        webhook = of_starlette.webhook(receiver)

        async def take(
            request: Request, delivery: Delivery = Depends(webhook)
        ) -> PlainTextResponse:
            return PlainTextResponse(took(delivery, await request.body()))

        async def take_form(
            id: Annotated[str, Form()], delivery: Delivery = Depends(webhook)
        ) -> PlainTextResponse:
            raise AssertionError("the form was read first")

        app.add_api_route(path, take_form if path == "/consumed" else take, methods=METHODS)
    return app


class ParsedFirst:
    """A middleware that reads the body, and hands on none."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self.path:
            scope["parsed"] = json.loads((await receive())["body"])

            async def nothing() -> dict[str, Any]:
                return {"type": "http.request", "body": b"", "more_body": False}

            await self.app(scope, nothing, send)
        else:
            await self.app(scope, receive, send)


def asgi_application() -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        delivery = of_asgi.delivery_of(scope)
        body = (await receive())["body"]
        await PlainTextResponse(took(delivery, body))(scope, receive, send)

    return ParsedFirst(of_asgi.DeliveryMiddleware(app, receivers()), "/consumed")


def wsgi_application() -> Any:
    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        delivery = of_wsgi.delivery_of(environ)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response("200 OK", [("content-type", "text/plain")])
        return [took(delivery, body).encode()]

    guarded = of_wsgi.DeliveryMiddleware(app, receivers())

    def parsed_first(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/consumed":
            # A stream that ends with the body, as most servers give; that of wsgiref does not, and
            # whoever reads on waits for the client.
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            json.load(environ["wsgi.input"])
        return guarded(environ, start_response)

    return parsed_first


def flask_application() -> flask.Flask:
    app = flask.Flask(__name__)

    @app.before_request
    def parsed_first() -> None:
        if flask.request.path == "/consumed":
            app.logger.debug("%d fields", len(flask.request.form))

    for path, receiver in receivers().items():

        @of_flask.webhook(receiver)
        def take(delivery: Delivery) -> str:
            return took(delivery, flask.request.get_data())

        app.add_url_rule(path, path, take, methods=METHODS)
    return app


def aiohttp_application() -> web.Application:
    @web.middleware
    async def parsed_first(request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path == "/consumed":
            await request.content.read()
        response: web.StreamResponse = await handler(request)
        return response

    app = web.Application(middlewares=[parsed_first])
    for path, receiver in receivers().items():

        @of_aiohttp.webhook(receiver)
        async def take(request: web.Request, delivery: Delivery) -> web.Response:
            return web.Response(text=took(delivery, await request.read()))

        app.router.add_route("*", path, take)
    return app


MIDDLEWARE = "/middleware"
"""The prefix of those of Django's paths that are the middleware's."""


def configure_django() -> None:
    """Of two middlewares that read the body, one comes before hookseal's and one after it."""
    if settings.configured:
        return
    settings.configure(
        DEBUG=False,
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        HOOKSEAL=receivers(MIDDLEWARE),
        MIDDLEWARE=[
            f"{__name__}.parsed_first",
            "hookseal.receive.django.middleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        LOGGING_CONFIG=None,
        REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None},
    )
    django.setup()


def parsed_first(get_response: Any) -> Any:
    def process(request: HttpRequest) -> HttpResponse:
        if request.path.endswith("/consumed"):
            request.read(1)
        response: HttpResponse = get_response(request)
        return response

    return process


def _of_middleware(request: HttpRequest) -> HttpResponse:
    return HttpResponse(took(of_django.delivery_of(request), request.body))


def _django_urls() -> Iterable[Any]:
    for path, receiver in receivers().items():

        @of_django.webhook(receiver)
        def take(request: HttpRequest, delivery: Delivery) -> HttpResponse:
            return HttpResponse(took(delivery, request.body))

        @of_django.webhook(receiver)
        async def atake(request: HttpRequest, delivery: Delivery) -> HttpResponse:
            return HttpResponse(took(delivery, request.body))

        yield django_path(path[1:], take)
        yield django_path(f"async{path}", atake)
        yield django_path(f"{MIDDLEWARE[1:]}{path}", _of_middleware)
    yield django_path(f"{MIDDLEWARE[1:]}/forgotten", _of_middleware)


urlpatterns = list(_django_urls())
