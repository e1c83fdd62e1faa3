"""Real servers, each on a free port, in a thread."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socketserver import ThreadingMixIn
from threading import Event, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import uvicorn
from aiohttp import web
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers import basehttp
from werkzeug.serving import make_server as make_werkzeug_server

import _applications
from _deliveries import Sent


@dataclass(frozen=True)
class Server:
    port: int
    prefix: str = ""

    def send(self, sent: Sent, *, chunked: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer. Headers go out as they are, repeats and all."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(sent.method, self.prefix + sent.path)
            for name, value in sent.headers:
                connection.putheader(name, value)
            if chunked:
                connection.putheader("Transfer-Encoding", "chunked")
            elif sent.body or sent.method == "POST":
                connection.putheader("Content-Length", str(len(sent.body)))
            connection.endheaders(
                [sent.body[at : at + 1000] for at in range(0, len(sent.body), 1000)]
                if chunked
                else sent.body or None,
                encode_chunked=chunked,
            )
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            connection.close()


@contextmanager
def _in_thread(run: Callable[[], object], stop: Callable[[], object]) -> Iterator[None]:
    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(20)
        assert not thread.is_alive()


@contextmanager
def _uvicorn(app: Any) -> Iterator[int]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    with _in_thread(
        lambda: server.run(sockets=[listener]), lambda: setattr(server, "should_exit", True)
    ):
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]


@contextmanager
def _wsgiref() -> Iterator[int]:
    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def get_stderr(self) -> Any:
            import io

            return io.StringIO()

    app = _applications.wsgi_application()
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        with _in_thread(server.serve_forever, server.shutdown):
            yield server.server_port


@contextmanager
def _flask() -> Iterator[int]:
    server = make_werkzeug_server("127.0.0.1", 0, _applications.flask_application(), threaded=True)
    with _in_thread(server.serve_forever, server.shutdown):
        yield server.server_port
    server.server_close()


@contextmanager
def _django() -> Iterator[int]:
    """What `manage.py runserver` runs."""

    class Quiet(basehttp.WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Threading(ThreadingMixIn, basehttp.WSGIServer):
        daemon_threads = True

    with Threading(("127.0.0.1", 0), Quiet) as server:
        server.set_app(WSGIHandler())
        with _in_thread(server.serve_forever, server.shutdown):
            yield server.server_port


@contextmanager
def _aiohttp() -> Iterator[int]:
    ports: list[int] = []
    ready, over = Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        runner = web.AppRunner(_applications.aiohttp_application())
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


def _fastapi() -> AbstractContextManager[int]:
    return _uvicorn(_applications.fastapi_application())


def _asgi() -> AbstractContextManager[int]:
    return _uvicorn(_applications.asgi_application())


def _django_asgi() -> AbstractContextManager[int]:
    return _uvicorn(ASGIHandler())


Start = Callable[[], AbstractContextManager[int]]

SERVERS: dict[str, tuple[Start, str]] = {
    "fastapi-uvicorn": (_fastapi, ""),
    "asgi-uvicorn": (_asgi, ""),
    "django-runserver": (_django, ""),
    "django-middleware-runserver": (_django, _applications.MIDDLEWARE),
    "django-uvicorn": (_django_asgi, "/async"),
    "django-sync-view-uvicorn": (_django_asgi, ""),
    "django-middleware-uvicorn": (_django_asgi, _applications.MIDDLEWARE),
    "flask-werkzeug": (_flask, ""),
    "aiohttp": (_aiohttp, ""),
    "wsgiref": (_wsgiref, ""),
}
"""How each is started, and the prefix of its paths."""

NO_CHUNKS = {"django-runserver", "django-middleware-runserver", "wsgiref"}
"""Those that take no body without a declared length: such a request has an empty one there."""

__all__ = ["NO_CHUNKS", "SERVERS", "Server"]
