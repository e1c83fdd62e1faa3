"""PostgreSQL, by psycopg 3: its connections, or a pool of psycopg_pool."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, suppress
from typing import Any, Protocol, TypeAlias

from .._headers import kind
from ._idle import Idle
from ._outcomes import StoreUnavailableError
from ._steps import Parameters, Rows
from ._texts import schema_statements, statement

Connection: TypeAlias = Any
"""A connection of psycopg, or what behaves as one."""


class Pool(Protocol):
    """As `psycopg_pool.ConnectionPool`."""

    def connection(self) -> AbstractContextManager[Connection]: ...


class AsyncPool(Protocol):
    """As `psycopg_pool.AsyncConnectionPool`."""

    def connection(self) -> AbstractAsyncContextManager[Connection]: ...


Source: TypeAlias = str | Callable[[], Connection] | Pool
AsyncSource: TypeAlias = str | Callable[[], Awaitable[Connection]] | AsyncPool


class Postgres:
    """Statements, each in a transaction of its own, from any thread."""

    def __init__(self, source: Source) -> None:
        self._pool: Any = source if _is_pool(source) else None
        connect = _checked(source)

        def connected() -> Connection:
            if isinstance(source, str):
                import psycopg

                connection: Connection = psycopg.connect(source, **_limits(source))
            else:
                connection = connect()
            connection.autocommit = True
            return connection

        self._idle: Idle[Connection] = Idle(connected)

    def close(self) -> None:
        """Closes the connections that are open; not those of a pool of yours."""
        self._idle.close()

    def _execute(self, name: str, parameters: Parameters) -> Rows:
        return self._run(statement("postgresql", name, "pyformat"), parameters)

    def _make(self, *, inbox: bool) -> None:
        for each in schema_statements("postgresql", inbox):
            try:
                self._run(each, {})
            except StoreUnavailableError:  # as when two processes make the same table
                self._run(each, {})

    def _run(self, text: str, parameters: Parameters) -> Rows:
        try:
            if self._pool is not None:
                with self._pool.connection() as connection:
                    return executed(connection, text, parameters)
            return self._run_on_idle(text, parameters)
        except Exception as error:
            raise StoreUnavailableError from error

    def _run_on_idle(self, text: str, parameters: Parameters) -> Rows:
        """One that was kept may have been closed by the server since: then on another."""
        while True:
            connection, is_new = self._idle.take()
            try:
                rows = executed(connection, text, parameters)
            except BaseException as error:
                is_lost = not is_new and isinstance(error, Exception) and connection.closed
                connection.close()
                if is_lost:
                    continue
                raise
            self._idle.give_back(connection)
            return rows


class AsyncPostgres:
    """As `Postgres`, on the event loop that runs."""

    def __init__(self, source: AsyncSource) -> None:
        self._pool: Any = source if _is_pool(source) else None
        self._source: Any = source
        _checked(source)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._free: list[Connection] = []

    async def close(self) -> None:
        """Closes the connections that are open; not those of a pool of yours."""
        while self._free:
            with suppress(Exception):
                await self._free.pop().close()

    async def _execute(self, name: str, parameters: Parameters) -> Rows:
        return await self._run(statement("postgresql", name, "pyformat"), parameters)

    async def _make(self, *, inbox: bool) -> None:
        for each in schema_statements("postgresql", inbox):
            try:
                await self._run(each, {})
            except StoreUnavailableError:  # as when two processes make the same table
                await self._run(each, {})

    async def _run(self, text: str, parameters: Parameters) -> Rows:
        try:
            if self._pool is not None:
                async with self._pool.connection() as connection:
                    return await aexecuted(connection, text, parameters)
            return await self._run_on_free(text, parameters)
        except Exception as error:
            raise StoreUnavailableError from error

    async def _run_on_free(self, text: str, parameters: Parameters) -> Rows:
        if self._loop is not asyncio.get_running_loop():
            self._loop, self._free = asyncio.get_running_loop(), []
        while True:
            is_new = not self._free
            connection = await self._connect() if is_new else self._free.pop()
            try:
                rows = await aexecuted(connection, text, parameters)
            except BaseException as error:
                is_lost = not is_new and isinstance(error, Exception) and connection.closed
                await connection.close()
                if is_lost:
                    continue
                raise
            self._free.append(connection)
            return rows

    async def _connect(self) -> Connection:
        if isinstance(self._source, str):
            import psycopg

            connect = psycopg.AsyncConnection.connect
            connection: Connection = await connect(self._source, **_limits(self._source))
        else:
            connection = await self._source()
        await connection.set_autocommit(True)
        return connection


def executed(connection: Connection, text: str, parameters: Parameters) -> Rows:
    """What a statement gives, whatever the connection makes of rows."""
    from psycopg.rows import tuple_row

    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(text, parameters)
        return [()] * cursor.rowcount if cursor.description is None else cursor.fetchall()


async def aexecuted(connection: Connection, text: str, parameters: Parameters) -> Rows:
    """As `executed`."""
    from psycopg.rows import tuple_row

    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(text, parameters)
        return [()] * cursor.rowcount if cursor.description is None else await cursor.fetchall()


def _is_pool(source: object) -> bool:
    return hasattr(source, "connection") and hasattr(source, "getconn")


def _checked(source: Any) -> Callable[[], Connection]:
    if isinstance(source, str) or _is_pool(source) or callable(source):
        made: Callable[[], Connection] = source
        return made
    raise TypeError(
        "a pool, a connection string, or a function that connects is meant, not"
        f" {kind(source)}: a connection of yours is for claim_within"
    )


def _limits(source: str) -> dict[str, Any]:
    """A server that cannot be reached is not waited for."""
    return {} if "connect_timeout" in source else {"connect_timeout": 5}
