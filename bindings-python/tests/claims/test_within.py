"""A claim in the handler's own transaction: the effect is there once, or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any

import psycopg
import pytest
import sqlalchemy
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from hookseal import claims as c

from _claimed import Servers, delivery, opened, unbound
from _clients_of_claims import CLIENTS, Transaction, django_connection, postgres_url


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest, servers: Servers) -> Iterator[tuple[Any, Transaction]]:
    """A store, its ledger, and what opens a transaction of the same database."""
    name, of = CLIENTS[request.param]
    with opened(name, servers) as store:
        store._run("CREATE TABLE ledger (event text NOT NULL)", {})
        yield store, of(servers)


def booked(store: Any) -> int:
    return int(store._run("SELECT count(*) FROM ledger", {})[0][0])


def test_it_commits_with_the_effect_or_not_at_all(client: tuple[Any, Transaction]) -> None:
    store, transaction = client
    with pytest.raises(ZeroDivisionError), transaction() as (connection, execute):
        assert isinstance(c.claim_within(connection, delivery()), c.Run)
        execute("INSERT INTO ledger VALUES ('evt_1')")
        1 / 0  # noqa: B018
    assert booked(store) == 0
    for expected in (c.Run, c.Done, c.Done):
        with transaction() as (connection, execute):
            claim = c.claim_within(connection, delivery())
            assert isinstance(claim, expected), claim
            if isinstance(claim, c.Run):
                execute("INSERT INTO ledger VALUES ('evt_1')")
    assert booked(store) == 1
    assert store.claim(delivery()) == c.Done()
    with transaction() as (connection, _):
        assert store.claim_within(connection, delivery(more="other")) == c.Conflict(True)
        assert store.claim_within(connection, unbound()).fence > 0
    assert store.claim(unbound()) == c.Done()


def test_a_lease_of_another_is_respected(client: tuple[Any, Transaction]) -> None:
    store, transaction = client
    run = store.claim(delivery())
    with transaction() as (connection, _):
        assert isinstance(c.claim_within(connection, delivery()), c.Busy)
        assert c.claim_within(connection, delivery(), scope="another").fence > 0
    assert run.complete() is True


def test_of_those_at_once_one_commits(client: tuple[Any, Transaction]) -> None:
    store, transaction = client
    given, barrier = [delivery(number) for number in range(5)], Barrier(4)

    def handle(_: int) -> int:
        ran = 0
        barrier.wait()
        for it in given:
            for _again in range(20):
                try:
                    with transaction() as (connection, execute):
                        if isinstance(c.claim_within(connection, it), c.Run):
                            execute("INSERT INTO ledger VALUES ('x')")
                            ran += 1
                    break
                except (c.StoreUnavailableError, sqlite3.OperationalError):
                    ran += 0
        return ran

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(handle, range(4)))
    assert booked(store) == 5


LEVELS = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]


@pytest.mark.parametrize("level", LEVELS)
def test_what_cannot_be_serialized_is_unavailable(servers: Servers, level: str) -> None:
    """Two transactions, of which one commits while the other has begun."""
    with opened("postgres", servers) as store, psycopg.connect(servers.postgres.dsn) as first:
        with psycopg.connect(servers.postgres.dsn) as second:
            for each in (first, second):
                each.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                each.execute("SELECT 1 FROM hookseal_claims")
            assert isinstance(c.claim_within(first, delivery()), c.Run)
            first.commit()
            if level == "READ COMMITTED":
                assert c.claim_within(second, delivery()) == c.Done()
                return
            with pytest.raises(c.StoreUnavailableError) as raised:
                c.claim_within(second, delivery())
            assert isinstance(raised.value.__cause__, psycopg.errors.SerializationFailure)
            assert (raised.value.code, raised.value.status) == ("store_unavailable", 503)
            second.rollback()
            assert c.claim_within(second, delivery()) == c.Done()
        assert store.claim(delivery()) == c.Done()


def test_a_lock_that_is_not_given_in_time_is_unavailable(servers: Servers) -> None:
    with opened("postgres", servers), psycopg.connect(servers.postgres.dsn) as first:
        assert isinstance(c.claim_within(first, delivery()), c.Run)
        with psycopg.connect(servers.postgres.dsn) as second:
            second.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(c.StoreUnavailableError) as raised:
                c.claim_within(second, delivery())
            assert isinstance(raised.value.__cause__, psycopg.errors.LockNotAvailable)


def test_without_a_transaction_it_is_refused(servers: Servers) -> None:
    """It would be done before the effect is there."""
    from django.db import connections

    engine = sqlalchemy.create_engine(postgres_url(servers), isolation_level="AUTOCOMMIT")
    of_django = django_connection("of_sqlite", servers)
    with opened("postgres", servers) as store, opened("sqlite", servers) as other:
        with psycopg.connect(servers.postgres.dsn, autocommit=True) as of_psycopg:
            with closing(sqlite3.connect(servers.file, isolation_level=None)) as of_sqlite:
                with engine.connect() as of_sqlalchemy:
                    for each in (of_psycopg, of_sqlite, of_sqlalchemy, of_django):
                        with pytest.raises(RuntimeError, match="no transaction is open"):
                            c.claim_within(each, delivery())
        for made in (store, other):
            assert made.claim(delivery()).fence > 0, "nothing was claimed"
    connections["of_sqlite"].close()
    engine.dispose()
    for bad in (None, "a DSN", object()):
        with pytest.raises(TypeError, match="a connection of sqlite3, psycopg"):
            c.claim_within(bad, delivery())


def test_a_missing_table_is_unavailable(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.dsn) as connection:
        with pytest.raises(c.StoreUnavailableError) as raised:
            c.claim_within(connection, delivery())
        assert isinstance(raised.value.__cause__, psycopg.errors.UndefinedTable)


def test_a_database_that_is_down_is_unavailable(servers: Servers) -> None:
    from django.db import connections

    engine = sqlalchemy.create_engine("postgresql+psycopg://postgres@/x?host=/nowhere")
    django_connection("of_postgres", servers)
    connections["of_postgres"].close()
    settings = connections["of_postgres"].settings_dict
    host, settings["HOST"] = settings["HOST"], "/nowhere"
    try:
        with Session(engine) as session:
            for each in (session, connections["of_postgres"]):
                with pytest.raises(c.StoreUnavailableError) as raised:
                    c.claim_within(each, delivery())
                assert type(raised.value.__cause__).__name__ == "OperationalError"
    finally:
        settings["HOST"] = host


def test_asynchronously(servers: Servers) -> None:
    async def by_psycopg() -> list[Any]:
        came = []
        for _ in range(2):
            async with await psycopg.AsyncConnection.connect(servers.postgres.dsn) as connection:
                came.append(await c.aclaim_within(connection, delivery(1)))
        store = c.AsyncPostgresClaims(servers.postgres.dsn)
        async with await psycopg.AsyncConnection.connect(
            servers.postgres.dsn, autocommit=True
        ) as connection:
            with pytest.raises(RuntimeError, match="no transaction is open"):
                await store.claim_within(connection, delivery(1))
            async with connection.transaction():
                came.append(await store.claim_within(connection, delivery(1)))
        with pytest.raises(TypeError):
            await c.aclaim_within(None, delivery())
        return came

    async def by_sqlalchemy(url: str, name: str) -> list[Any]:
        engine, came = create_async_engine(url, poolclass=sqlalchemy.NullPool), []
        for _ in range(2):
            async with AsyncSession(engine) as session, session.begin():
                came.append(await c.aclaim_within(session, delivery(name)))
        async with engine.begin() as connection:
            came.append(await c.aclaim_within(connection, delivery(name)))
        await engine.dispose()
        return came

    with opened("postgres", servers):
        asyncpg = postgres_url(servers).replace("+psycopg", "+asyncpg")
        for came in (
            asyncio.run(by_psycopg()),
            asyncio.run(by_sqlalchemy(postgres_url(servers), "two")),
            asyncio.run(by_sqlalchemy(asyncpg, "three")),
        ):
            assert isinstance(came[0], c.Run) and came[1:] == [c.Done()] * 2


def test_the_table_may_be_made_by_a_migration(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.dsn) as connection:
        connection.execute(c.schema("postgresql"))
        connection.execute(c.schema("postgresql", inbox=True))
        assert isinstance(c.claim_within(connection, delivery()), c.Run)
    with closing(sqlite3.connect(servers.file)) as other:
        other.executescript(c.schema("sqlite") + c.schema("sqlite", inbox=True))
        assert isinstance(c.claim_within(other, delivery()), c.Run)
