"""Transactions of every client that a claim can be made within."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import psycopg
import psycopg.rows
import sqlalchemy
from sqlalchemy.orm import Session

from _claimed import Servers
from _django_of_claims import configured

Transaction = Callable[[], AbstractContextManager[tuple[Any, Callable[[str], Any]]]]


def of_sqlite(servers: Servers) -> Transaction:
    @contextmanager
    def transaction() -> Iterator[Any]:
        with closing(sqlite3.connect(servers.file)) as connection:
            connection.row_factory = sqlite3.Row
            with connection:
                yield connection, connection.execute

    return transaction


def of_sqlite_by_hand(servers: Servers) -> Transaction:
    @contextmanager
    def transaction() -> Iterator[Any]:
        with closing(sqlite3.connect(servers.file, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection, connection.execute

    return transaction


def of_psycopg(servers: Servers) -> Transaction:
    @contextmanager
    def transaction() -> Iterator[Any]:
        rows: Any = psycopg.rows.dict_row
        with psycopg.connect(servers.postgres.dsn, row_factory=rows) as connection:
            yield connection, connection.execute

    return transaction


def of_psycopg_in_a_block(servers: Servers) -> Transaction:
    @contextmanager
    def transaction() -> Iterator[Any]:
        with psycopg.connect(servers.postgres.dsn, autocommit=True) as connection:
            with connection.transaction():
                yield connection, connection.execute

    return transaction


def of_sqlalchemy(url: Callable[[Servers], str], *, by_session: bool) -> Any:
    def of(servers: Servers) -> Transaction:
        engine = sqlalchemy.create_engine(url(servers), poolclass=sqlalchemy.NullPool)

        @contextmanager
        def transaction() -> Iterator[Any]:
            with Session(engine) if by_session else engine.connect() as it:
                with it.begin():
                    yield it, lambda text: it.execute(sqlalchemy.text(text))

        return transaction

    return of


def of_django(alias: str, *, as_cursor: bool = False) -> Any:
    def of(servers: Servers) -> Transaction:
        django_connection(alias, servers)

        @contextmanager
        def transaction() -> Iterator[Any]:
            from django.db import connections
            from django.db.transaction import atomic

            connection = connections[alias]  # of this thread
            try:
                with atomic(alias):
                    with connection.cursor() as cursor:
                        yield (cursor if as_cursor else connection), cursor.execute
            finally:
                connection.close()

        return transaction

    return of


def django_connection(alias: str, servers: Servers) -> Any:
    from django.db import connections

    configured()
    base = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "OPTIONS": {}}
    base |= {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TEST": {}, "PORT": ""}
    base |= {"USER": "postgres", "PASSWORD": "", "HOST": str(servers.postgres.log.parent)}
    if alias == "of_sqlite":
        base |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(servers.file)}
    else:
        base |= {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres"}
    connections.databases[alias] = base
    return connections[alias]


def _file(servers: Servers) -> str:
    return f"sqlite:///{servers.file}"


def postgres_url(servers: Servers) -> str:
    return f"postgresql+psycopg://postgres@/postgres?host={servers.postgres.log.parent}"


CLIENTS: dict[str, tuple[str, Callable[[Servers], Transaction]]] = {
    "sqlite3": ("sqlite", of_sqlite),
    "sqlite3-by-hand": ("sqlite", of_sqlite_by_hand),
    "psycopg": ("postgres", of_psycopg),
    "psycopg-autocommit": ("postgres", of_psycopg_in_a_block),
    "sqlalchemy-session": ("postgres", of_sqlalchemy(postgres_url, by_session=True)),
    "sqlalchemy-connection": ("postgres", of_sqlalchemy(postgres_url, by_session=False)),
    "sqlalchemy-session-sqlite": ("sqlite", of_sqlalchemy(_file, by_session=True)),
    "django-sqlite": ("sqlite", of_django("of_sqlite")),
    "django-postgres": ("postgres", of_django("of_postgres")),
    "django-cursor": ("postgres", of_django("of_postgres", as_cursor=True)),
}
