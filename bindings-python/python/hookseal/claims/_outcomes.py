"""What a claim comes to."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

from .._outcome import OUTCOMES

if TYPE_CHECKING:
    from .._names import ReceiverCode

Settlement: TypeAlias = Literal["complete", "extend", "release"]
"""What is told to a store about a run."""

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """The delivery is yours to handle. In a transaction of your own (`claim_within`), to commit it
    makes the delivery handled, and to roll back leaves it to the next retry."""

    fence: int
    """Higher with each run of one delivery: hand it on to what should refuse an older run."""

    @property
    def status(self) -> int:
        """The HTTP status to answer with, once it is handled: 200."""
        return 200


@dataclass(frozen=True)
class Lease(Run):
    """A run for a limited time, by the clock of the store: when it ends, a retry may take over.

    Each method gives whether the run was still this one: `False` says that another has taken over,
    or that it is settled already. Raises `StoreUnavailableError`.
    """

    _settle: Callable[[int, Settlement, int | None], bool] = field(repr=False, compare=False)

    def complete(self) -> bool:
        """It is handled: whatever comes from now on is `Done`."""
        return self._settle(self.fence, "complete", None)

    def release(self) -> bool:
        """It is not handled: the next retry runs at once, and does not wait for the lease."""
        return self._settle(self.fence, "release", None)

    def extend(self, seconds: int | None = None) -> bool:
        """The lease ends so many seconds from now; without them, as long as it is at first."""
        return self._settle(self.fence, "extend", seconds)


@dataclass(frozen=True)
class AsyncLease(Run):
    """As `Lease`, of an asynchronous store."""

    _settle: Callable[[int, Settlement, int | None], Coroutine[Any, Any, bool]] = field(
        repr=False, compare=False
    )

    async def complete(self) -> bool:
        """It is handled: whatever comes from now on is `Done`."""
        return await self._settle(self.fence, "complete", None)

    async def release(self) -> bool:
        """It is not handled: the next retry runs at once, and does not wait for the lease."""
        return await self._settle(self.fence, "release", None)

    async def extend(self, seconds: int | None = None) -> bool:
        """The lease ends so many seconds from now; without them, as long as it is at first."""
        return await self._settle(self.fence, "extend", seconds)


class _NotRun:
    """A claim that gives no run, and what to answer then."""

    @property
    def code(self) -> ReceiverCode:
        """For your log."""
        raise NotImplementedError

    @property
    def retry_after(self) -> int | None:
        """Seconds, for the header `Retry-After`."""
        return None

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return OUTCOMES[self.code].status

    @property
    def message(self) -> str:
        """A sentence for your log. Never send it."""
        return OUTCOMES[self.code].message


@dataclass(frozen=True)
class Done(_NotRun):
    """It was handled before. Answer as if it had been handled now."""

    @property
    def code(self) -> ReceiverCode:
        """For your log."""
        return "already_handled"


@dataclass(frozen=True)
class Busy(_NotRun):
    """It is being handled right now, and may yet fail: no 2xx."""

    retry_after: int = 1
    """Seconds until the lease ends; at least 1."""

    @property
    def code(self) -> ReceiverCode:
        """For your log."""
        return "being_handled"


@dataclass(frozen=True)
class Conflict(_NotRun):
    """Another body came before under the same event id: look into it."""

    is_done: bool
    """Whether that one was handled."""

    @property
    def code(self) -> ReceiverCode:
        """For your log."""
        return "conflict_after_done" if self.is_done else "conflict"


NotRun: TypeAlias = Done | Busy | Conflict
Claim: TypeAlias = Run | Done | Busy | Conflict
"""What `claim_within` comes to."""


@dataclass(frozen=True)
class Handled(Generic[T]):
    """What `handle` came to."""

    code: ReceiverCode | None
    """`None`: it was handled now. With a `result` beside it (`lease_lost`, `store_unavailable`) it
    was too, but the store does not know that it was this run."""
    status: int
    """The HTTP status to answer with."""
    retry_after: int | None = None
    """Seconds, for the header `Retry-After`."""
    result: T | None = None
    """What the handler gave."""

    @classmethod
    def _without_run(cls, outcome: NotRun) -> Handled[T]:
        return cls(outcome.code, outcome.status, outcome.retry_after)


class StoreError(Exception):
    """The store gave no answer that can be relied on, so the delivery must not be handled. Answer
    with `status` and `Retry-After: retry_after`; the exception of the client is the `__cause__`."""

    code: ReceiverCode
    retry_after = 5
    """Seconds."""

    def __init__(self) -> None:
        super().__init__(self.code)

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return OUTCOMES[self.code].status

    @property
    def message(self) -> str:
        """A sentence for your log. Never send it."""
        return OUTCOMES[self.code].message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class StoreUnavailableError(StoreError):
    """The store cannot be asked. In a transaction of your own (`claim_within`): roll it back."""

    code = "store_unavailable"


class StoreFullError(StoreError):
    """The store takes no more, and forgets nothing that it has promised to know."""

    code = "store_full"
