"""Claims in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from . import _steps
from ._claims import AsyncClaims, Claims
from ._options import Known, StoreOptions
from ._outcomes import NotRun, Run, Settlement
from ._postgres import AsyncPostgres, AsyncSource, Postgres
from ._postgres import Source as PostgresSource
from ._sqlite import Source as SqliteSource
from ._sqlite import Sqlite
from ._steps import Parameters, Rows, atake, take
from ._within import _executor, awithin, within

if TYPE_CHECKING:
    from .. import Delivery


class _SqlClaims(Claims):
    if TYPE_CHECKING:

        def _execute(self, name: str, parameters: Parameters) -> Rows: ...
        def _make(self, *, inbox: bool) -> None: ...

    def setup(self) -> None:
        """Makes the table, where it is not there yet. Or put `schema` into a migration."""
        self._make(inbox=False)

    def claim_within(self, connection: Any, delivery: Delivery) -> Run | NotRun:
        """As the function `claim_within`, with this store's scope and keep; on a connection of
        your own, to the same database or another."""
        return within(delivery, self, _executor(connection))

    def forget(self, most: int = 1000) -> int:
        return take(_steps.forget("forget", most), self._execute)

    def _claim(self, known: Known) -> int | NotRun:
        return take(_steps.claim(known, lease=self.lease, keep=self.keep), self._execute)

    def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        return take(_steps.settle(key, fence, what, milliseconds), self._execute)


class SqliteClaims(Sqlite, _SqlClaims):
    """Claims in SQLite, for the threads and processes of one host.

    `source` is the file, which may be that of your own tables, or a function that opens it (one
    whose connections any thread may use). Writes are on the disk before a claim is given.

        claims = SqliteClaims("claims.db")
        claims.setup()
    """

    def __init__(self, source: SqliteSource, **options: Unpack[StoreOptions]) -> None:
        _SqlClaims.__init__(self, **options)
        Sqlite.__init__(self, source)


class PostgresClaims(Postgres, _SqlClaims):
    """Claims in PostgreSQL, by psycopg 3.

    `source` is a pool of psycopg_pool, a connection string, or a function that connects; the last
    two keep some connections open, of their own.

        claims = PostgresClaims("postgresql://localhost/shop")
        claims.setup()
    """

    def __init__(self, source: PostgresSource, **options: Unpack[StoreOptions]) -> None:
        _SqlClaims.__init__(self, **options)
        Postgres.__init__(self, source)


class AsyncPostgresClaims(AsyncPostgres, AsyncClaims):
    """As `PostgresClaims`: an `AsyncConnectionPool`, a connection string, or a function whose
    awaited result is a `psycopg.AsyncConnection`."""

    def __init__(self, source: AsyncSource, **options: Unpack[StoreOptions]) -> None:
        AsyncClaims.__init__(self, **options)
        AsyncPostgres.__init__(self, source)

    async def setup(self) -> None:
        """Makes the table, where it is not there yet. Or put `schema` into a migration."""
        await self._make(inbox=False)

    async def claim_within(self, connection: Any, delivery: Delivery) -> Run | NotRun:
        """As the function `aclaim_within`, with this store's scope and keep."""
        return await awithin(delivery, self, connection)

    async def forget(self, most: int = 1000) -> int:
        return await atake(_steps.forget("forget", most), self._execute)

    async def _claim(self, known: Known) -> int | NotRun:
        steps = _steps.claim(known, lease=self.lease, keep=self.keep)
        return await atake(steps, self._execute)

    async def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        return await atake(_steps.settle(key, fence, what, milliseconds), self._execute)
