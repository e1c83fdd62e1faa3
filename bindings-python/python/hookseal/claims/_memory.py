"""Claims in the memory of one process: for tests, and for a single host."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Unpack

from ._claims import Claims
from ._options import Known, StoreOptions, seconds
from ._outcomes import Busy, Conflict, Done, NotRun, Settlement, StoreFullError


@dataclass
class _Held:
    """What is known under a key; times are milliseconds of the store's clock."""

    digest: bytes | None
    fence: int
    is_done: bool
    lease_until: int
    keep_until: int


class MemoryClaims(Claims):
    """Claims in memory, also from asynchronous code: nothing here waits. A restart forgets them.

    `cap` is how many are held at most, of some 400 bytes each. At the cap new ones are refused with
    `StoreFullError`; one that is still promised is never forgotten for another. `clock` gives
    seconds that do not go back.

    >>> from hookseal import Verifier, sign
    >>> from hookseal.claims import MemoryClaims
    >>> verifier = Verifier("stripe", "whsec_test_9f0c1b7a5d3e4f60")
    >>> body = b'{"id":"evt_1"}'
    >>> delivery = verifier.verify(body, sign("stripe", "whsec_test_9f0c1b7a5d3e4f60", body))
    >>> claims = MemoryClaims()
    >>> run = claims.claim(delivery)
    >>> claims.claim(delivery).retry_after
    60
    >>> run.complete()
    True
    >>> claims.claim(delivery)
    Done()
    """

    waits = False

    def __init__(
        self,
        *,
        cap: int = 100_000,
        clock: Callable[[], float] = monotonic,
        **options: Unpack[StoreOptions],
    ) -> None:
        super().__init__(**options)
        self.cap = seconds(cap, "cap")
        self._clock = clock
        self._lock = Lock()
        self._fence = 0
        # In the order in which they are forgotten: each is kept for the same time.
        self._all: OrderedDict[bytes, _Held] = OrderedDict()

    def __len__(self) -> int:
        """How many are held, those included that need not be known any longer."""
        return len(self._all)

    def forget(self, most: int = 1000) -> int:
        with self._lock:
            return self._forget(self._now(), most)

    def _claim(self, known: Known) -> int | NotRun:
        with self._lock:
            now = self._now()
            held = self._all.get(known.key)
            if held is not None and held.keep_until > now:
                if refused := _refused(held, known.digest, now):
                    return refused
            elif held is None and len(self._all) >= self.cap and not self._forget(now, 1):
                raise StoreFullError
            self._fence += 1
            ends = now + self.lease * 1000, now + self.keep * 1000
            self._all[known.key] = _Held(known.digest, self._fence, False, *ends)
            self._all.move_to_end(known.key)
            return self._fence

    def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        with self._lock:
            held = self._all.get(key)
            if held is None or held.fence != fence or held.is_done:
                return False
            now = self._now()
            if what == "complete":
                held.is_done = True
                held.keep_until = now + milliseconds
                self._all.move_to_end(key)
            else:
                held.lease_until = now + (milliseconds if what == "extend" else 0)
            return True

    def _forget(self, now: int, most: int) -> int:
        """Forgets from the oldest on."""
        count = 0
        while count < most and self._all:
            if next(iter(self._all.values())).keep_until > now:
                break
            self._all.popitem(last=False)
            count += 1
        return count

    def _now(self) -> int:
        return int(self._clock() * 1000)


def _refused(held: _Held, digest: bytes | None, now: int) -> NotRun | None:
    if None not in (digest, held.digest) and digest != held.digest:
        return Conflict(held.is_done)
    if held.is_done:
        return Done()
    return Busy(-((now - held.lease_until) // 1000)) if held.lease_until > now else None
