"""Claims in a transaction of the handler's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from .._headers import kind
from . import _postgres, _sqlite
from ._options import KEEP, LEASE, Options
from ._outcomes import NotRun, Run, StoreUnavailableError
from ._steps import Parameters, Rows, atake, claim, take
from ._texts import Dialect, Style, statement

if TYPE_CHECKING:
    from .. import Delivery
    from ._steps import Steps

_Execute: TypeAlias = Callable[[str, Parameters], Rows]
"""Takes a statement, or the name of one, and its parameters."""


def claim_within(
    connection: Any, delivery: Delivery, *, scope: str | bytes = b"", keep: int = KEEP
) -> Run | NotRun:
    """Claims a delivery in the transaction that is open on `connection`, or that it opens by
    itself: to commit makes the delivery handled, to roll back leaves it to the next retry. So what
    the handler writes in the same transaction is never lost, and never doubled.

    `connection` is a `sqlite3.Connection`, a `psycopg.Connection`, Django's (`transaction.atomic`)
    or a cursor of it, or a `Session` or `Connection` of SQLAlchemy over either database. Where
    another transaction has the same delivery, this one waits for it. Scope and keep are as those of
    a store; the table is that of `schema`.

    Raises `StoreUnavailableError`, also where the database could not serialize the transactions:
    roll back then, and answer with its `status`; a receiver's helper does so when it is raised. And
    `RuntimeError` where no transaction is open, and each statement would be one.

        with psycopg.connect(DSN) as connection:
            if isinstance(claim_within(connection, delivery), Run):
                connection.execute("INSERT INTO ledger ...")
    """
    execute = _executor(connection)
    return within(delivery, Options(scope=scope, lease=min(LEASE, keep - 1), keep=keep), execute)


async def aclaim_within(
    connection: Any, delivery: Delivery, *, scope: str | bytes = b"", keep: int = KEEP
) -> Run | NotRun:
    """As `claim_within`, over a `psycopg.AsyncConnection`, or an `AsyncSession` or
    `AsyncConnection` of SQLAlchemy."""
    options = Options(scope=scope, lease=min(LEASE, keep - 1), keep=keep)
    return await awithin(delivery, options, connection)


def within(
    delivery: Delivery, options: Options, execute: _Execute
) -> Run | NotRun:
    """The claim, by what executes statements in the transaction."""
    return _run(take(_steps(delivery, options), execute))


async def awithin(delivery: Delivery, options: Options, connection: Any) -> Run | NotRun:
    """As `within`."""
    if _is_of(connection, "sqlalchemy") and hasattr(connection, "run_sync"):
        claimed: Run | NotRun = await connection.run_sync(
            lambda sync: within(delivery, options, _executor(sync))
        )
        return claimed
    if not _is_of(connection, "psycopg"):
        raise _no_connection(connection)
    _check(connection.autocommit and not connection.info.transaction_status)

    async def execute(name: str, parameters: Parameters) -> Rows:
        with _asking():
            text = statement("postgresql", name, "pyformat")
            return await _postgres.aexecuted(connection, text, parameters)

    return _run(await atake(_steps(delivery, options), execute))


def _steps(delivery: Delivery, options: Options) -> Steps[int | NotRun]:
    # Nobody sees the lease: to others the row is locked, and then it is done.
    return claim(options._known(delivery), lease=0, keep=options.keep, within=True)


def _run(claimed: int | NotRun) -> Run | NotRun:
    return Run(claimed) if isinstance(claimed, int) else claimed


def _executor(connection: Any) -> _Execute:
    """What executes statements in the transaction of a connection."""
    if isinstance(connection, sqlite3.Connection):
        return _guarded(_of_sqlite(connection), "sqlite", "named")
    if _is_of(connection, "sqlalchemy"):
        return _of_sqlalchemy(connection)
    of_django = getattr(connection, "db", connection)  # that of a cursor
    if hasattr(of_django, "vendor") and hasattr(of_django, "in_atomic_block"):
        return _of_django(of_django)
    if _is_of(connection, "psycopg") and not hasattr(type(connection), "__aenter__"):
        _check(connection.autocommit and not connection.info.transaction_status)
        execute = _postgres.executed
        return _guarded(
            lambda text, given: execute(connection, text, given), "postgresql", "pyformat"
        )
    raise _no_connection(connection)


def _guarded(run: _Execute, dialect: Dialect, style: Style) -> _Execute:
    def execute(name: str, parameters: Parameters) -> Rows:
        with _asking():
            return run(statement(dialect, name, style), parameters)

    return execute


@contextmanager
def _asking() -> Iterator[None]:
    """Whatever a client raises, the store could not be asked."""
    try:
        yield
    except Exception as error:
        raise StoreUnavailableError from error


def _of_sqlite(connection: sqlite3.Connection) -> _Execute:
    commits_each = connection.isolation_level is None and not connection.in_transaction
    _check(commits_each or getattr(connection, "autocommit", None) is True)
    return lambda text, given: _sqlite.executed(connection, text, given)


def _of_django(connection: Any) -> _Execute:
    with _asking():
        commits_each = not connection.in_atomic_block and connection.get_autocommit()
    _check(commits_each)

    def run(text: str, parameters: Parameters) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(text, parameters)
            rows: Rows = cursor.fetchall()
            return rows

    return _guarded(run, _dialect(connection.vendor), "pyformat")


def _of_sqlalchemy(given: Any) -> _Execute:
    from sqlalchemy import text as clause

    with _asking():
        # Of a session its connection, which begins the session's transaction.
        connection = given.connection() if hasattr(given, "get_bind") else given
        if not connection.in_transaction():
            connection.begin()
        of_driver = connection.connection.dbapi_connection
    dialect = _dialect(connection.dialect.name)
    commits_each = getattr(of_driver, "autocommit", False) is True
    if dialect == "sqlite":
        commits_each |= of_driver.isolation_level is None and not of_driver.in_transaction
    _check(commits_each)

    def run(text: str, parameters: Parameters) -> Rows:
        return [tuple(row) for row in connection.execute(clause(text), parameters)]

    return _guarded(run, dialect, "named")


def _dialect(name: str) -> Dialect:
    if name == "postgresql":
        return "postgresql"
    if name == "sqlite":
        return "sqlite"
    raise TypeError("claims are kept in PostgreSQL and SQLite, and not in the database of this one")


def _check(commits_each: bool) -> None:
    if commits_each:
        raise RuntimeError(
            "no transaction is open on this connection, and each statement would be one: open one"
            " first, and do in it what the delivery asks for"
        )


def _is_of(connection: object, package: str) -> bool:
    names = {base.__module__.partition(".")[0] for base in type(connection).__mro__}
    return package in names


def _no_connection(connection: object) -> TypeError:
    return TypeError(
        "a connection of sqlite3, psycopg, Django or SQLAlchemy is meant, not"
        f" {kind(connection)}"
    )
