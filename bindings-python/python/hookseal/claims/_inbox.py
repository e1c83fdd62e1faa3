"""Inboxes: a delivery is stored with its body, answered, and run by a worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from . import _inbox_steps as steps
from ._inbox_steps import Listed, Put, State, Taken
from ._options import Options, StoreOptions, seconds
from ._postgres import AsyncPostgres, AsyncSource, Postgres
from ._postgres import Source as PostgresSource
from ._sqlite import Source as SqliteSource
from ._sqlite import Sqlite
from ._steps import Parameters, Rows, Steps, atake, forget, take

if TYPE_CHECKING:
    from .. import Delivery


@dataclass(frozen=True)
class _Entry:
    _taken: Taken
    _keep: int
    _lease: int
    _take: Callable[[Steps[bool]], Any]

    @property
    def body(self) -> bytes:
        """The raw body, as it was verified: how much of it the scheme signs is in its row."""
        return self._taken.body

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)

    @property
    def key(self) -> bytes:
        """The replay key: 32 bytes."""
        return self._taken.key

    @property
    def scheme(self) -> str:
        """The name of the scheme that was verified."""
        return self._taken.scheme

    @property
    def event_id(self) -> str | None:
        """The event id."""
        return self._taken.event_id

    @property
    def event_type(self) -> str | None:
        """The type of the event."""
        return self._taken.event_type

    @property
    def sent_at(self) -> datetime | None:
        """The signed time, in UTC."""
        return self._taken.sent_at

    @property
    def received_at(self) -> datetime | None:
        """When it was put, by the clock of the store."""
        return self._taken.received_at

    @property
    def tries(self) -> int:
        """How often it was taken, this time included."""
        return self._taken.tries

    @property
    def fence(self) -> int:
        """Higher each time that it is taken."""
        return self._taken.fence

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.scheme!r}, try {self.tries}>"

    def _finish(self) -> Steps[bool]:
        return steps.finish(self.key, self.fence, self._keep)

    def _fail(self, error: BaseException | str, delay: float | None) -> Steps[bool]:
        trouble = error if isinstance(error, str) else type(error).__name__
        return steps.fail(self.key, self.fence, trouble, delay)

    def _extend(self, lease: int | None) -> Steps[bool]:
        lease = self._lease if lease is None else seconds(lease, "a lease")
        return steps.extend(self.key, self.fence, lease)


class Entry(_Entry):
    """A delivery out of an inbox, leased to who took it. Each method that tells the inbox gives
    whether the entry was still this one's; it raises `StoreUnavailableError`."""

    def finish(self) -> bool:
        """It is handled; its body is deleted, its key is kept."""
        return bool(self._take(self._finish()))

    def fail(self, error: BaseException | str, *, delay: float | None = None) -> bool:
        """It has failed: it waits for `delay` seconds, or, without them, is kept as failed. Of the
        error only its kind is stored."""
        return bool(self._take(self._fail(error, delay)))

    def extend(self, lease: int | None = None) -> bool:
        """The lease ends so many seconds from now; without them, as long as it is at first."""
        return bool(self._take(self._extend(lease)))


class AsyncEntry(_Entry):
    """As `Entry`, of an asynchronous inbox."""

    async def finish(self) -> bool:
        """As `Entry.finish`."""
        return bool(await self._take(self._finish()))

    async def fail(self, error: BaseException | str, *, delay: float | None = None) -> bool:
        """As `Entry.fail`."""
        return bool(await self._take(self._fail(error, delay)))

    async def extend(self, lease: int | None = None) -> bool:
        """As `Entry.extend`."""
        return bool(await self._take(self._extend(lease)))


class Inbox(Options):
    """What is put here is never lost: it waits until a `Worker` has handled it, or is kept as
    failed. Raises `StoreUnavailableError` wherever the database cannot be asked."""

    waits = True

    if TYPE_CHECKING:

        def _execute(self, name: str, parameters: Parameters) -> Rows: ...
        def _make(self, *, inbox: bool) -> None: ...

    def setup(self) -> None:
        """Makes the table, where it is not there yet. Or put `schema(…, inbox=True)` into a
        migration."""
        self._make(inbox=True)

    def put(self, delivery: Delivery) -> Put:
        """Stores a delivery with its body: `Stored`, or `Done` where it was there before; `Busy`
        or `Conflict`. Answer with the `status`; of `Stored` 2xx."""
        return take(steps.put(self._known(delivery), delivery, self.keep), self._execute)

    def take(self) -> Entry | None:
        """Leases the entry that has waited longest, if there is one that is due."""
        taken = take(steps.take_one(self.lease), self._execute)
        if taken is None:
            return None
        return Entry(taken, self.keep, self.lease, partial(take, execute=self._execute))

    def failed(self, most: int = 100) -> list[Listed]:
        """What is kept as failed, the oldest first."""
        return self.list("failed", most)

    def list(self, state: State = "waiting", most: int = 100) -> list[Listed]:
        """What is in a state, the oldest first."""
        return take(steps.listed(state, most), self._execute)

    def again(self, key: bytes) -> bool:
        """What had failed waits again, with all its tries; `False`: it had not failed."""
        return take(steps.again(key), self._execute)

    def forget(self, most: int = 1000) -> int:
        """Deletes what was handled and need not be known any longer, so many at a time, and gives
        how many. Call it now and then."""
        return take(forget("inbox-forget", most), self._execute)


class SqliteInbox(Sqlite, Inbox):
    """An inbox in SQLite; `source` is as that of `SqliteClaims`."""

    def __init__(self, source: SqliteSource, **options: Unpack[StoreOptions]) -> None:
        Inbox.__init__(self, **options)
        Sqlite.__init__(self, source)


class PostgresInbox(Postgres, Inbox):
    """An inbox in PostgreSQL; `source` is as that of `PostgresClaims`."""

    def __init__(self, source: PostgresSource, **options: Unpack[StoreOptions]) -> None:
        Inbox.__init__(self, **options)
        Postgres.__init__(self, source)


class AsyncPostgresInbox(AsyncPostgres, Options):
    """As `PostgresInbox`; `source` is as that of `AsyncPostgresClaims`."""

    def __init__(self, source: AsyncSource, **options: Unpack[StoreOptions]) -> None:
        Options.__init__(self, **options)
        AsyncPostgres.__init__(self, source)

    async def setup(self) -> None:
        """As `Inbox.setup`."""
        await self._make(inbox=True)

    async def put(self, delivery: Delivery) -> Put:
        """As `Inbox.put`."""
        return await atake(steps.put(self._known(delivery), delivery, self.keep), self._execute)

    async def take(self) -> AsyncEntry | None:
        """As `Inbox.take`."""
        taken = await atake(steps.take_one(self.lease), self._execute)
        if taken is None:
            return None
        return AsyncEntry(taken, self.keep, self.lease, partial(atake, execute=self._execute))

    async def failed(self, most: int = 100) -> list[Listed]:
        """As `Inbox.failed`."""
        return await self.list("failed", most)

    async def list(self, state: State = "waiting", most: int = 100) -> list[Listed]:
        """As `Inbox.list`."""
        return await atake(steps.listed(state, most), self._execute)

    async def again(self, key: bytes) -> bool:
        """As `Inbox.again`."""
        return await atake(steps.again(key), self._execute)

    async def forget(self, most: int = 1000) -> int:
        """As `Inbox.forget`."""
        return await atake(forget("inbox-forget", most), self._execute)
