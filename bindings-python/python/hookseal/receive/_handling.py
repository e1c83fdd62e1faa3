"""Deliveries handled once: what is asked of the store of a receiver, and what it is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .. import Answer
from .._outcome import OUTCOMES
from ._store import is_async

if TYPE_CHECKING:
    from .. import Delivery
    from .._names import ReceiverCode
    from ._receiver import Receiver

R = TypeVar("R")

_QUIET = ("already_handled", "being_handled")
"""What is as it should be."""

_log = logging.getLogger("hookseal")


class Handling:
    """A delivery that is being handled. `finish`, or `afinish`, tells how it ended: once."""

    def __init__(self, receiver: Receiver, delivery: Delivery, lease: Any) -> None:
        self.receiver = receiver
        self.delivery = delivery
        self._lease = lease

    def finish(self, is_handled: bool) -> None:
        """It was handled, or it was not: then the next retry is. Never raises for the store's
        sake: the effect is there, and the lease ends by itself."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        from ..claims import StoreError

        try:
            is_ours = lease.complete() if is_handled else lease.release()
        except StoreError as error:
            _report(self.receiver, self.delivery, error.code, error.__cause__)
        else:
            self._reported(is_ours, is_handled)

    async def afinish(self, is_handled: bool) -> None:
        """As `finish`."""
        from ..claims import AsyncLease, StoreError
        from ..claims._claims import shielded

        if not isinstance(self._lease, AsyncLease):
            if self._lease is not None:
                await _called(self.receiver.store, lambda: self.finish(is_handled))
            return
        lease, self._lease = self._lease, None
        try:
            is_ours = await shielded(lease.complete if is_handled else lease.release)
        except StoreError as error:
            _report(self.receiver, self.delivery, error.code, error.__cause__)
        else:
            self._reported(is_ours, is_handled)

    def _reported(self, is_ours: bool, is_handled: bool) -> None:
        if not is_ours:
            _report(self.receiver, self.delivery, "lease_lost")
        if not is_handled:
            _report(self.receiver, self.delivery, "handler_failed")


def begin(receiver: Receiver, delivery: Delivery) -> Handling | Answer:
    """Asks the store of a receiver, if it has one."""
    store: Any = receiver.store
    if store is None:
        return Handling(receiver, delivery, None)
    from ..claims import StoreError

    try:
        put = hasattr(store, "put")
        return _begun(receiver, delivery, store.put(delivery) if put else store.claim(delivery))
    except StoreError as error:
        return unavailable(receiver, delivery, error)


async def abegin(receiver: Receiver, delivery: Delivery) -> Handling | Answer:
    """As `begin`."""
    store: Any = receiver.store
    if store is None or not is_async(store):
        return await _called(store, lambda: begin(receiver, delivery))
    from ..claims import StoreError

    try:
        put = hasattr(store, "put")
        asked = store.put(delivery) if put else store.claim(delivery)
        return _begun(receiver, delivery, await asked)
    except StoreError as error:
        return unavailable(receiver, delivery, error)


async def _called(store: Any, call: Callable[[], R]) -> R:
    """What may wait for another process does so beside the event loop."""
    return await asyncio.to_thread(call) if getattr(store, "waits", False) else call()


def _begun(receiver: Receiver, delivery: Delivery, outcome: Any) -> Handling | Answer:
    from ..claims import Run, Stored

    if isinstance(outcome, Run):
        return Handling(receiver, delivery, outcome)
    if isinstance(outcome, Stored):
        return receiver.acknowledgement()
    _report(receiver, delivery, outcome.code)
    return _answer(receiver, outcome.status, outcome.retry_after)


def unavailable(receiver: Receiver, delivery: Delivery, error: Any) -> Answer:
    """The answer where a store failed: also one that the handler has asked in its transaction."""
    _report(receiver, delivery, error.code, error.__cause__)
    return _answer(receiver, error.status, error.retry_after)


def store_error(error: BaseException) -> bool:
    """Whether an exception is of a store of claims."""
    from ..claims import StoreError

    return isinstance(error, StoreError)


def _answer(receiver: Receiver, status: int, retry_after: int | None) -> Answer:
    """The sentences are for the receiver: who is told to come again is told nothing more."""
    if status < 300:
        return receiver.acknowledgement()
    headers = [] if retry_after is None else [("retry-after", str(retry_after))]
    return Answer(status, headers, b"")


def _report(
    receiver: Receiver,
    delivery: Delivery,
    code: ReceiverCode,
    cause: BaseException | None = None,
) -> None:
    if receiver.on_outcome is not None:
        try:
            receiver.on_outcome(code, delivery)
        except Exception:  # the sender gets the same answer whatever became of the report
            _log.exception("on_outcome failed")
        return
    level = logging.INFO if code in _QUIET else logging.WARNING
    of_kind = "" if cause is None else f" ({type(cause).__name__})"
    told = OUTCOMES[code].message
    _log.log(level, "a delivery of %s: %s: %s%s", delivery.scheme, code, told, of_kind)


def handled(
    receiver: Receiver,
    judged: Delivery | Answer,
    run: Callable[[Delivery], Any],
    response: Callable[[Answer], Any],
    status: Callable[[Any], int],
) -> Any:
    """The response to what a receiver has judged. `run` calls the handler, `response` makes one of
    an answer, and `status` tells that of a response, or of an exception (500: of no response)."""
    if isinstance(judged, Answer):
        return response(judged)
    begun = begin(receiver, judged)
    if isinstance(begun, Answer):
        return response(begun)
    try:
        made = run(judged)
        made = response(receiver.acknowledgement()) if made is None else made
        is_handled = is_success(status(made))
    except BaseException as error:
        begun.finish(is_success(status(error)))
        if store_error(error):
            return response(unavailable(receiver, judged, error))
        raise
    begun.finish(is_handled)
    return made


async def ahandled(
    receiver: Receiver,
    judged: Delivery | Answer,
    run: Callable[[Delivery], Awaitable[Any]],
    response: Callable[[Answer], Any],
    status: Callable[[Any], int],
) -> Any:
    """As `handled`."""
    if isinstance(judged, Answer):
        return response(judged)
    begun = await abegin(receiver, judged)
    if isinstance(begun, Answer):
        return response(begun)
    try:
        made = await run(judged)
        made = response(receiver.acknowledgement()) if made is None else made
        is_handled = is_success(status(made))
    except BaseException as error:
        await begun.afinish(is_success(status(error)))
        if store_error(error):
            return response(unavailable(receiver, judged, error))
        raise
    await begun.afinish(is_handled)
    return made


def is_success(status: int) -> bool:
    """Whether a handler that answers so has taken the delivery."""
    return 200 <= status < 400
