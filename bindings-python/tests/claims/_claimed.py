"""Deliveries to claim, and every store, as one whose calls are made from any thread."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

import hookseal
from hookseal import Delivery
from hookseal import claims as c

from _servers_of_claims import PostgresServer, RedisServer

SECRET = "whsec_test_9f0c1b7a5d3e4f60"
VERIFIER = hookseal.Verifier("stripe", SECRET)

STORES = ("memory", "sqlite", "postgres", "redis", "async-postgres", "async-redis")
SQL = ("sqlite", "postgres", "async-postgres")


def delivery(name: object = 1, more: str = "") -> Delivery:
    """Of one name it is the same event; with `more` another body."""
    body = json.dumps({"id": f"evt_{name}", "type": "invoice.paid", "more": more}).encode()
    return VERIFIER.verify(body, hookseal.sign("stripe", SECRET, body))


def unbound(text: str = "x") -> Delivery:
    """Of a scheme that signs neither an event id nor a time."""
    body = json.dumps({"text": text}).encode()
    headers = hookseal.sign("github", SECRET, body)
    return hookseal.verify("github", SECRET, body, headers)


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Loop:
    """An event loop in a thread: calls of an asynchronous store are made from any other."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def __call__(self, awaitable: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(awaitable, self.loop).result(30)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@dataclass
class Awaited:
    """What has asynchronous methods, called as if it had none."""

    _it: Any
    _loop: Loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._it, name)
        if not callable(found):
            return found

        def call(*arguments: Any, **options: Any) -> Any:
            if name == "handle":  # the handler calls the store, and waits for it
                given, handler = arguments
                arguments = given, lambda it: asyncio.to_thread(handler, it)
            made = found(*arguments, **options)
            made = self._loop(made) if asyncio.iscoroutine(made) else made
            is_lease = isinstance(made, (c.AsyncLease, c.AsyncEntry))
            return Awaited(made, self._loop) if is_lease else made

        return call


@dataclass
class Servers:
    """What runs while the tests do, and where files go."""

    postgres: PostgresServer
    redis: RedisServer
    path: Path

    def fresh(self) -> None:
        with psycopg.connect(self.postgres.dsn, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS hookseal_claims, hookseal_inbox, ledger")
        with self.redis.client() as client:
            client.flushall()
        for file in self.path.glob("*.db*"):
            file.unlink()

    @property
    def file(self) -> Path:
        return self.path / "claims.db"


@contextmanager
def opened(name: str, servers: Servers, **options: Any) -> Iterator[Any]:
    """A store by its name, set up."""
    with ExitStack() as stack:
        made = _made(name, servers, stack, options)
        made.setup()
        yield made


def _made(name: str, servers: Servers, stack: ExitStack, options: dict[str, Any]) -> Any:
    if name == "memory":
        return c.MemoryClaims(**{"clock": Clock()} | options)
    if name == "sqlite":
        store = c.SqliteClaims(servers.file, **options)
        stack.callback(store.close)
        return store
    if name == "postgres":
        other = c.PostgresClaims(servers.postgres.dsn, **options)
        stack.callback(other.close)
        return other
    if name == "redis":
        client = servers.redis.client()
        stack.callback(client.close)
        return c.RedisClaims(client, **options)
    loop = Loop()
    stack.callback(loop.close)
    if name == "async-postgres":
        asynchronous = c.AsyncPostgresClaims(servers.postgres.dsn, **options)
        stack.callback(lambda: loop(asynchronous.close()))
        return Awaited(asynchronous, loop)
    once: Any = {"retry": Retry(NoBackoff(), 0)}
    of_loop = redis.asyncio.Redis(unix_socket_path=servers.redis.socket, **once)
    stack.callback(lambda: loop(of_loop.aclose()))
    return Awaited(c.AsyncRedisClaims(of_loop, **options), loop)


def later(name: str, servers: Servers, store: Any, seconds: float) -> None:
    """Has so much time gone by for a store: what it has noted is so much older."""
    _LATER[name.removeprefix("async-")](servers, store, int(seconds * 1000))


def _memory(_: Servers, store: Any, by: int) -> None:
    store._clock.now += by / 1000


def _sqlite(servers: Servers, store: Any, by: int) -> None:
    moved = f"lease_until = lease_until - {by}, keep_until = keep_until - {by}"
    store._run(f"UPDATE hookseal_claims SET {moved}", {})


def _postgres(servers: Servers, store: Any, by: int) -> None:
    gone = f"INTERVAL '{by} milliseconds'"
    moved = f"lease_until = lease_until - {gone}, keep_until = keep_until - {gone}"
    made = store._run(f"UPDATE hookseal_claims SET {moved}", {})
    assert isinstance(made, list)


def _redis(servers: Servers, store: Any, by: int) -> None:
    with servers.redis.client() as client:
        for key in client.keys("hookseal:*"):
            left = client.pttl(key) - by
            if left <= 0:
                client.delete(key)
                continue
            fence, lease, digest = client.get(key).split(b":", 2)
            lease = b"0" if lease == b"0" else b"%d" % (int(lease) - by)
            client.set(key, b":".join((fence, lease, digest)), px=left)


_LATER: dict[str, Callable[[Servers, Any, int], None]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgres": _postgres,
    "redis": _redis,
}
