"""What every store of claims does, once it can claim and settle."""

from __future__ import annotations

import asyncio
import inspect
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ._options import Known, Options, seconds
from ._outcomes import (
    AsyncLease,
    Handled,
    Lease,
    NotRun,
    Settlement,
    StoreError,
)

if TYPE_CHECKING:
    from .. import Delivery
    from .._names import ReceiverCode

T = TypeVar("T")


class _Store(Options):
    def _milliseconds(self, what: Settlement, extended: int | None) -> int:
        """For how long a store is to know what it is told."""
        if what == "complete":
            return self.keep * 1000
        lease = self.lease if extended is None else seconds(extended, "a lease")
        if lease >= self.keep:
            raise ValueError("a lease must be shorter than keep: else a run outlives its own claim")
        return lease * 1000


class Claims(_Store, ABC):
    """A store that knows which deliveries were handled, or are. Share it between threads."""

    waits = True
    """Whether a call may wait for another process, so that an event loop must not make it."""

    def claim(self, delivery: Delivery) -> Lease | NotRun:
        """Whether the delivery is yours to handle: a `Lease`, which you settle when you are done;
        else `Done`, `Busy` or `Conflict`, each with the `status` to answer with.

        Raises `StoreUnavailableError` and `StoreFullError`: then it must not be handled; and
        `TypeError` for what is no `Delivery`.
        """
        known = self._known(delivery)
        claimed = self._claim(known)
        if isinstance(claimed, int):
            return Lease(claimed, partial(self._settled, known.key))
        return claimed

    def handle(self, delivery: Delivery, handler: Callable[[Delivery], T]) -> Handled[T]:
        """Claims a delivery, has the handler called with it where that gives a run, and settles.

        What the handler raises is raised, after the claim was released. Raises as `claim` does.
        """
        claim = self.claim(delivery)
        if not isinstance(claim, Lease):
            return Handled._without_run(claim)
        try:
            result = handler(delivery)
        except BaseException:
            with suppress(StoreError):  # then the lease ends by itself
                claim.release()
            raise
        return Handled(completed(claim), 200, None, result)

    def setup(self) -> None:
        """Makes what the store needs, where it is not there yet: tables. Raises
        `StoreUnavailableError`."""

    def forget(self, most: int = 1000) -> int:
        """Deletes what need not be known any longer, so many at a time, and gives how many. Call it
        now and then where the store keeps tables; the others forget by themselves."""
        return 0

    def _settled(self, key: bytes, fence: int, what: Settlement, extended: int | None) -> bool:
        return self._settle(key, fence, what, self._milliseconds(what, extended))

    @abstractmethod
    def _claim(self, known: Known) -> int | NotRun:
        """The fence of a run, or why there is none."""

    @abstractmethod
    def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        """Whether the run was still the one of this fence."""


class AsyncClaims(_Store, ABC):
    """As `Claims`, of a client that is awaited. It belongs to one event loop."""

    async def claim(self, delivery: Delivery) -> AsyncLease | NotRun:
        """As `Claims.claim`."""
        known = self._known(delivery)
        claimed = await self._claim(known)
        if isinstance(claimed, int):
            return AsyncLease(claimed, partial(self._settled, known.key))
        return claimed

    async def handle(
        self, delivery: Delivery, handler: Callable[[Delivery], Awaitable[T] | T]
    ) -> Handled[T]:
        """As `Claims.handle`; the handler may be `async`."""
        claim = await self.claim(delivery)
        if not isinstance(claim, AsyncLease):
            return Handled._without_run(claim)
        try:
            given = handler(delivery)
            result: T = await given if inspect.isawaitable(given) else given
        except BaseException:
            with suppress(StoreError):
                await shielded(claim.release)
            raise
        return Handled(await acompleted(claim), 200, None, result)

    async def setup(self) -> None:
        """As `Claims.setup`."""

    async def forget(self, most: int = 1000) -> int:
        """As `Claims.forget`."""
        return 0

    async def _settled(
        self, key: bytes, fence: int, what: Settlement, extended: int | None
    ) -> bool:
        return await self._settle(key, fence, what, self._milliseconds(what, extended))

    @abstractmethod
    async def _claim(self, known: Known) -> int | NotRun: ...

    @abstractmethod
    async def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        ...


def completed(lease: Lease) -> ReceiverCode | None:
    """Completes a run whose handler is done, and tells what to look into. The provider's answer is
    2xx in any case: the effect is there, and a retry would double it."""
    try:
        return None if lease.complete() else "lease_lost"
    except StoreError as error:
        return error.code


async def acompleted(lease: AsyncLease) -> ReceiverCode | None:
    """As `completed`."""
    try:
        return None if await shielded(lease.complete) else "lease_lost"
    except StoreError as error:
        return error.code


_running: set[asyncio.Task[Any]] = set()


async def shielded(settle: Callable[[], Any]) -> Any:
    """Awaits what must be told to the store even where the client of the request has gone, and its
    task is cancelled."""
    task = asyncio.ensure_future(settle())
    _running.add(task)
    task.add_done_callback(_ended)
    return await asyncio.shield(task)


def _ended(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # whoever waited has it; where nobody did, the lease ends by itself
