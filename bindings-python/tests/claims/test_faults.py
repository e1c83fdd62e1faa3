"""What fails: servers, disks, memory; and time, by the month."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from contextlib import closing
from typing import Any

import psycopg
import pytest
import redis

import hookseal
from hookseal import claims as c

from _claimed import SECRET, VERIFIER, Clock, Servers, delivery, later, opened, unbound
from _servers_of_claims import redis_server


@pytest.mark.parametrize("name", ["postgres", "async-postgres"])
def test_postgresql_goes_away_and_comes_back(servers: Servers, name: str) -> None:
    """What was promised is known after a crash; and connections that were open are replaced."""
    server = servers.postgres
    with opened(name, servers) as store:
        done, run = delivery("done"), store.claim(delivery("run"))
        assert store.claim(done).complete()
        server.stop(signal.SIGQUIT)  # at once, as in a crash
        try:
            for call in (lambda: store.claim(delivery("new")), run.complete, run.release):
                with pytest.raises(c.StoreUnavailableError) as raised:
                    call()
                assert isinstance(raised.value.__cause__, psycopg.OperationalError)
                assert raised.value.retry_after == 5
            with pytest.raises(c.StoreUnavailableError):
                store.handle(delivery("new"), lambda it: pytest.fail("it was handled"))
        finally:
            server.start()
        assert store.claim(done) == c.Done()
        assert run.complete() is True


def test_connections_that_the_server_has_closed(servers: Servers) -> None:
    with opened("postgres", servers) as store:
        store.claim(delivery(1))
        with psycopg.connect(servers.postgres.dsn, autocommit=True) as other:
            closing_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            other.execute(closing_all + " WHERE pid <> pg_backend_pid() AND datname = 'postgres'")
        assert store.claim(delivery(2)).complete()


def test_pools_and_functions_that_connect(servers: Servers) -> None:
    import asyncio

    import psycopg_pool

    with psycopg_pool.ConnectionPool(servers.postgres.dsn, min_size=1, max_size=3) as pool:
        store = c.PostgresClaims(pool)
        store.setup()
        assert store.claim(delivery(1)).complete()  # type: ignore[union-attr]
    other = c.PostgresClaims(lambda: psycopg.connect(servers.postgres.dsn))
    assert other.claim(delivery(1)) == c.Done()
    other.close()

    async def asynchronously() -> list[Any]:
        async with psycopg_pool.AsyncConnectionPool(servers.postgres.dsn, open=False) as pool:
            of_pool = await c.AsyncPostgresClaims(pool).claim(delivery(1))
        connect = c.AsyncPostgresClaims(
            lambda: psycopg.AsyncConnection.connect(servers.postgres.dsn)
        )
        claim = await connect.claim(delivery(2))
        assert isinstance(claim, c.AsyncLease)
        came = [of_pool, await claim.complete(), await connect.claim(delivery(2))]
        await connect.close()
        return came

    assert asyncio.run(asynchronously()) == [c.Done(), True, c.Done()]


@pytest.mark.parametrize("name", ["redis", "async-redis"])
def test_redis_goes_away_and_comes_back(servers: Servers, name: str) -> None:
    with opened(name, servers) as store:
        run = store.claim(delivery())
        servers.redis.stop(signal.SIGKILL)
        try:
            for call in (lambda: store.claim(delivery(2)), run.complete):
                with pytest.raises(c.StoreUnavailableError) as raised:
                    call()
                assert "ConnectionError" in type(raised.value.__cause__).__name__
        finally:
            servers.redis.start()
        assert run.complete() is False  # it was in memory only, and is forgotten
        assert store.claim(delivery(2)).fence > 0
        with servers.redis.client() as client:
            client.script_flush()
        assert isinstance(store.claim(delivery(2)), c.Busy)


def test_a_file_that_is_locked_or_none(servers: Servers) -> None:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(servers.file, timeout=0.05, check_same_thread=False)

    with opened("sqlite", servers), closing(sqlite3.connect(servers.file)) as other:
        store = c.SqliteClaims(connect)
        run = store.claim(delivery())
        assert isinstance(run, c.Lease)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(c.StoreUnavailableError):
            store.claim(delivery(2))
        other.rollback()
        assert run.complete() is True
        store.close()
    bad = servers.path / "bad.db"
    bad.write_text("this is no database, and much longer than the head of one would be " * 20)
    for path in (bad, servers.path / "none" / "claims.db"):
        with pytest.raises(c.StoreUnavailableError):
            c.SqliteClaims(path).setup()


def test_a_row_that_is_run_again_is_not_forgotten(servers: Servers) -> None:
    """A deletion that waits for a row looks at it again before it goes."""
    with opened("postgres", servers) as store:
        store.claim(delivery()).complete()
        later("postgres", servers, store, store.keep + 1)
        from concurrent.futures import ThreadPoolExecutor

        with psycopg.connect(servers.postgres.dsn) as first, ThreadPoolExecutor(1) as pool:
            assert isinstance(c.claim_within(first, delivery()), c.Run)
            forgotten = pool.submit(store.forget)
            time.sleep(0.3)
            first.commit()
            assert forgotten.result(10) == 0
        assert store.claim(delivery()) == c.Done()


def test_memory_is_full() -> None:
    clock = Clock()
    store = c.MemoryClaims(cap=3, clock=clock)
    runs = [store.claim(delivery(number)) for number in range(3)]
    assert isinstance(runs[0], c.Lease) and runs[0].complete()
    for _ in range(50):
        with pytest.raises(c.StoreFullError) as raised:
            store.claim(delivery("new"))
    assert (raised.value.code, raised.value.status) == ("store_full", 503)
    assert store.claim(delivery(0)) == c.Done()
    assert isinstance(store.claim(delivery(1)), c.Busy)
    assert len(store) == 3
    clock.now += store.keep + 1
    for number in range(3):
        assert isinstance(store.claim(delivery(f"new {number}")), c.Run)
    assert len(store) == 3
    for bad in (0, -1):
        with pytest.raises(ValueError, match="cap|whole number"):
            c.MemoryClaims(cap=bad)


def test_redis_is_full() -> None:
    """With a limit and `noeviction`, as is its default: nothing is forgotten to make room."""
    with redis_server("--maxmemory", "2mb", "--maxmemory-policy", "noeviction") as server:
        with server.client() as client:
            store = c.RedisClaims(client)
            run = store.claim(delivery("run"))
            done = store.claim(delivery("done"))
            assert isinstance(done, c.Lease) and done.complete()
            with pytest.raises(redis.exceptions.OutOfMemoryError):
                for number in range(5000):  # another user of it
                    client.set(f"other {number}", b"x" * 1000)
            client.delete(*(f"other {number}" for number in range(50)))
            held = []
            with pytest.raises(c.StoreUnavailableError):
                for number in range(5000):
                    assert isinstance(store.claim(delivery(number)), c.Run)
                    held.append(number)
            assert store.claim(delivery("done")) == c.Done()
            assert isinstance(store.claim(delivery("run")), c.Busy)
            assert len(held) > 50
            assert {type(store.claim(delivery(number))) for number in held} == {c.Busy}
            client.delete(*client.keys("other *"))
            assert isinstance(run, c.Lease) and run.complete()
            assert isinstance(store.claim(delivery("new")), c.Run)


class HalfAsLong(c.MemoryClaims):
    """Forgets after half of what it promises."""

    def _milliseconds(self, *arguments: Any) -> int:
        return super()._milliseconds(*arguments) // 2


def month(name: str, servers: Servers, store: Any, steps: int) -> tuple[int, int]:
    """Thirty days in which captured deliveries are sent again at random, as they came: how many
    were handled twice, and how many at all. Those of one scheme are fresh for ten minutes."""
    chance, now = random.Random(7), time.time()
    captured: list[tuple[bytes, dict[str, str]]] = []
    handled: dict[bytes, int] = {}
    for step in range(steps):
        body = json.dumps({"id": f"evt_{step}"}).encode()
        captured.append((body, hookseal.sign("stripe", SECRET, body, now=now + 299)))
        for body, headers in [captured[-1], *chance.sample(captured, min(3, len(captured)))]:
            try:
                it = VERIFIER.verify(body, headers, now=now)
            except hookseal.VerificationError as error:
                assert error.code == "timestamp_too_old"
                continue
            claim = store.claim(it)
            if not isinstance(claim, c.Done):
                assert claim.complete()
                handled[body] = handled.get(body, 0) + 1
        gone = chance.choice([20, 100, 290, 299, 30 * 86400 // steps])
        later(name, servers, store, gone)
        now += gone
    return sum(count - 1 for count in handled.values()), len(handled)


@pytest.mark.parametrize("name", ["memory", "sqlite", "postgres", "redis"])
def test_a_month_of_replays(servers: Servers, name: str) -> None:
    with opened(name, servers, keep=660) as store:
        assert month(name, servers, store, 60) == (0, 60)


def test_a_month_of_replays_finds_who_forgets_too_early(servers: Servers) -> None:
    doubled, handled = month("memory", servers, HalfAsLong(keep=660, clock=Clock()), 100)
    assert doubled > 0 and handled == 100


@pytest.mark.parametrize("name", ["memory", "sqlite", "postgres", "redis"])
def test_what_has_no_time_is_known_for_as_long_as_promised(servers: Servers, name: str) -> None:
    with opened(name, servers, keep=4 * 86400) as store:
        ran = []
        for day in range(30):
            if not isinstance(claim := store.claim(unbound()), c.Done):
                assert claim.complete()
                ran.append(day)
            later(name, servers, store, 86400)
        assert ran == [0, 4, 8, 12, 16, 20, 24, 28]
