"""One application for each helper, all with one endpoint that has a store; and what serves it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Any
from wsgiref.simple_server import make_server

import flask
from aiohttp import web
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import override_settings
from django.urls import path as django_path
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse, RedirectResponse, StreamingResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from _django_of_claims import configured
from _servers import _in_thread, _uvicorn
from hookseal import Delivery
from hookseal.claims import AsyncClaims
from hookseal.receive import aiohttp as of_aiohttp
from hookseal.receive import asgi as of_asgi
from hookseal.receive import django as of_django
from hookseal.receive import flask as of_flask
from hookseal.receive import starlette as of_starlette
from hookseal.receive import wsgi as of_wsgi

from _endpoint_of_claims import PATH, Endpoint

def fastapi_application(endpoint: Endpoint, *, of_sync: bool = False) -> Any:
    app = FastAPI()
    of_starlette.install(app)
    webhook = of_starlette.webhook(endpoint.receiver)

    def answer(status: int) -> Any:
        match status:
            case 200:
                return {"took": True}
            case 202:
                return StreamingResponse(iter(["took"]), 202)
            case 302:
                return RedirectResponse("/", 302)
            case 409:
                raise HTTPException(409)
        return JSONResponse({"took": False}, status)

    async def take(delivery: Delivery = Depends(webhook)) -> Any:
        return answer(endpoint.run(delivery))

    def take_in_thread(delivery: Delivery = Depends(webhook)) -> Any:
        return answer(endpoint.run(delivery))

    made = take_in_thread if of_sync else take
    app.add_api_route(PATH, made, methods=["POST"], response_model=None)
    return app


def starlette_application(endpoint: Endpoint) -> Any:
    webhook = of_starlette.webhook(endpoint.receiver)

    async def take(request: Request) -> PlainTextResponse:
        return PlainTextResponse("took", endpoint.run(await webhook(request)))

    app = Starlette(routes=[Route(PATH, take, methods=["POST"])])
    of_starlette.install(app)
    return app


def asgi_application(endpoint: Endpoint) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        status = endpoint.run(of_asgi.delivery_of(scope))
        await PlainTextResponse("took", status)(scope, receive, send)

    return of_asgi.DeliveryMiddleware(app, {PATH: endpoint.receiver})


def wsgi_application(endpoint: Endpoint, *, by_parts: bool = False) -> Any:
    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        status = endpoint.run(of_wsgi.delivery_of(environ))
        start_response(f"{status} It Is", [("content-type", "text/plain")])
        return [b"took"]

    def in_parts(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        yield from app(environ, start_response)

    return of_wsgi.DeliveryMiddleware(
        in_parts if by_parts else app, {PATH: endpoint.receiver}
    )


def flask_application(endpoint: Endpoint) -> Any:
    app = flask.Flask(__name__)

    @app.post(PATH)
    @of_flask.webhook(endpoint.receiver)
    def take(delivery: Delivery) -> Any:
        status = endpoint.run(delivery)
        if status == 302:
            flask.abort(flask.redirect("/"))
        if status == 409:
            flask.abort(409)
        return ("took", status) if status > 200 else None

    return app


def aiohttp_application(endpoint: Endpoint) -> web.Application:
    @of_aiohttp.webhook(endpoint.receiver)
    async def take(request: web.Request, delivery: Delivery) -> web.Response | None:
        status = endpoint.run(delivery)
        if status == 302:
            raise web.HTTPFound("/")
        if status == 409:
            raise web.HTTPConflict
        return web.Response(text="took", status=status) if status > 200 else None

    app = web.Application()
    app.router.add_post(PATH, take)
    return app


urlpatterns: list[Any] = []


def django_views(endpoint: Endpoint) -> list[Any]:
    def respond(status: int) -> HttpResponse | None:
        if status == 302:
            return HttpResponseRedirect("/")
        return HttpResponse("took", status=status) if status > 200 else None

    @of_django.webhook(endpoint.receiver)
    async def atake(request: HttpRequest, delivery: Delivery) -> HttpResponse | None:
        return respond(endpoint.run(delivery))

    def behind(request: HttpRequest) -> HttpResponse:
        status = endpoint.run(of_django.delivery_of(request))
        return respond(status) or HttpResponse("took")

    made = [django_path("async/hook", atake), django_path("middleware/hook", behind)]
    if isinstance(endpoint.receiver.store, AsyncClaims):
        return made

    @of_django.webhook(endpoint.receiver)
    def take(request: HttpRequest, delivery: Delivery) -> HttpResponse | None:
        return respond(endpoint.run(delivery))

    return [*made, django_path("hook", take)]


@contextmanager
def _django(endpoint: Endpoint, handler: Any, serve: Any) -> Iterator[int]:
    configured()
    urlpatterns[:] = django_views(endpoint)
    receivers = {"/middleware/hook": endpoint.receiver}
    with override_settings(ROOT_URLCONF=__name__, HOOKSEAL=receivers):
        with serve(handler()) as port:
            yield port


@contextmanager
def _wsgiref(app: Any) -> Iterator[int]:
    from wsgiref.simple_server import ServerHandler, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def get_stderr(self) -> Any:
            import io

            return io.StringIO()

    assert ServerHandler
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        with _in_thread(server.serve_forever, server.shutdown):
            yield server.server_port


@contextmanager
def _aiohttp(app: web.Application) -> Iterator[int]:
    ports: list[int] = []
    ready, over, loop = Event(), asyncio.Event(), asyncio.new_event_loop()

    async def serve() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.append(runner.addresses[0][1])
        ready.set()
        await over.wait()
        await runner.cleanup()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.close()

    with _in_thread(run, lambda: loop.call_soon_threadsafe(over.set)):
        assert ready.wait(20)
        yield ports[0]


Serve = Callable[[Endpoint], AbstractContextManager[int]]

SERVERS: dict[str, tuple[Serve, str]] = {
    "fastapi": (lambda it: _uvicorn(fastapi_application(it)), ""),
    "fastapi-def": (lambda it: _uvicorn(fastapi_application(it, of_sync=True)), ""),
    "starlette": (lambda it: _uvicorn(starlette_application(it)), ""),
    "asgi": (lambda it: _uvicorn(asgi_application(it)), ""),
    "wsgi": (lambda it: _wsgiref(wsgi_application(it)), ""),
    "wsgi-parts": (lambda it: _wsgiref(wsgi_application(it, by_parts=True)), ""),
    "flask": (lambda it: _wsgiref(flask_application(it)), ""),
    "aiohttp": (lambda it: _aiohttp(aiohttp_application(it)), ""),
    "django": (lambda it: _django(it, WSGIHandler, _wsgiref), ""),
    "django-async": (lambda it: _django(it, ASGIHandler, _uvicorn), "/async"),
    "django-middleware": (lambda it: _django(it, WSGIHandler, _wsgiref), "/middleware"),
    "django-async-middleware": (lambda it: _django(it, ASGIHandler, _uvicorn), "/middleware"),
}
"""How each is served, and the prefix of its path."""

ASYNCHRONOUS = {"fastapi", "starlette", "asgi", "aiohttp", "django-async"}
"""Those whose store may be asynchronous."""

__all__ = ["ASYNCHRONOUS", "SERVERS"]
