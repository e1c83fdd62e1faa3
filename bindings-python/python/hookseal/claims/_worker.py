"""Workers: what runs the entries of an inbox."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from random import uniform
from threading import Event
from typing import TYPE_CHECKING, Any

from .._outcome import OUTCOMES
from ._inbox import AsyncEntry, AsyncPostgresInbox, Entry, Inbox
from ._options import seconds
from ._outcomes import StoreError

if TYPE_CHECKING:
    from .._names import ReceiverCode

TRIES = 12
"""How often an entry is run, unless you say otherwise: with `back_off` over some three hours."""

_DIED = "LeaseEnded"
"""What is noted of an entry whose last try has ended neither way: its worker has died."""

_log = logging.getLogger("hookseal")


def back_off(tries: int) -> float:
    """Seconds to wait after so many tries: at most 5, 10, 20, … an hour, and at least half of it,
    by chance, so that what failed together is not tried together.

    >>> from hookseal.claims import back_off
    >>> 10 <= back_off(3) <= 20
    True
    """
    most = min(5.0 * 2 ** min(tries - 1, 20), 3600.0)
    return uniform(most / 2, most)


class _Work:
    """What to do about an entry, and the settings."""

    def __init__(
        self, tries: int = TRIES, back_off: Callable[[int], float] = back_off, idle: float = 1.0
    ) -> None:
        self.tries = seconds(tries, "tries")
        self._back_off = back_off
        self._idle = idle

    def _delay(self, tries: int) -> float | None:
        """After a try that failed; `None`: it was the last."""
        return None if tries >= self.tries else self._back_off(tries)


class Worker:
    """Takes entries out of an inbox, one after the other, and has `handler` called with each.

    A handler that returns has handled its entry. After one that raises, the entry waits for
    `back_off(tries)` seconds, and after `tries` tries it is kept as failed. A worker that dies
    leaves its entry to the next when the lease ends; so a handler runs more than once where it
    does not use the entry's key or `event_id` to know what it has done. `idle` is how long it waits
    when there is nothing to do, in seconds. Start as many as you like, in threads or processes.

        Worker(inbox, handle).run()
    """

    def __init__(
        self,
        inbox: Inbox,
        handler: Callable[[Entry], object],
        *,
        tries: int = TRIES,
        back_off: Callable[[int], float] = back_off,
        idle: float = 1.0,
    ) -> None:
        self._work = _Work(tries, back_off, idle)
        self._inbox = inbox
        self._handler = handler
        self._stopped = Event()

    def run(self) -> None:
        """Works until `stop` is called, also through times in which the store is down."""
        while not self._stopped.is_set():
            try:
                is_idle = not self.run_once()
            except StoreError as error:
                report(error.code)
                is_idle = True
            if is_idle:
                self._stopped.wait(self._work._idle)

    def run_once(self) -> bool:
        """Runs one entry, if one is due. Raises `StoreUnavailableError`."""
        entry = self._inbox.take()
        if entry is None:
            return False
        if entry.tries > self._work.tries:
            entry.fail(_DIED)
            return True
        try:
            self._handler(entry)
        except Exception as error:
            report("handler_failed", entry.scheme, error)
            is_ours = entry.fail(error, delay=self._work._delay(entry.tries))
        else:
            is_ours = entry.finish()
        if not is_ours:
            report("lease_lost", entry.scheme)
        return True

    def stop(self) -> None:
        """Has `run` end after the entry that is being handled."""
        self._stopped.set()


class AsyncWorker:
    """As `Worker`, of an asynchronous inbox; the handler may be `async`. To end it, cancel the task
    of `run`: an entry that was being handled is left to the next."""

    def __init__(
        self,
        inbox: AsyncPostgresInbox,
        handler: Callable[[AsyncEntry], Awaitable[object] | object],
        *,
        tries: int = TRIES,
        back_off: Callable[[int], float] = back_off,
        idle: float = 1.0,
    ) -> None:
        self._work = _Work(tries, back_off, idle)
        self._inbox = inbox
        self._handler = handler

    async def run(self) -> None:
        """As `Worker.run`."""
        while True:
            try:
                is_idle = not await self.run_once()
            except StoreError as error:
                report(error.code)
                is_idle = True
            if is_idle:
                await asyncio.sleep(self._work._idle)

    async def run_once(self) -> bool:
        """As `Worker.run_once`."""
        entry = await self._inbox.take()
        if entry is None:
            return False
        if entry.tries > self._work.tries:
            await entry.fail(_DIED)
            return True
        try:
            given: Any = self._handler(entry)
            if inspect.isawaitable(given):
                await given
        except Exception as error:
            report("handler_failed", entry.scheme, error)
            is_ours = await entry.fail(error, delay=self._work._delay(entry.tries))
        else:
            is_ours = await entry.finish()
        if not is_ours:
            report("lease_lost", entry.scheme)
        return True


def report(code: ReceiverCode, scheme: str = "", error: BaseException | None = None) -> None:
    """Tells the log; of an error only its kind, as its text may quote the delivery."""
    whose = f"a delivery of {scheme}: " if scheme else ""
    of_kind = "" if error is None else f" ({type(error).__name__})"
    _log.warning("%s%s: %s%s", whose, code, OUTCOMES[code].message, of_kind)
