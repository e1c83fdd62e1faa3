"""What a type checker makes of `hookseal.claims`: each `ignore` is an error that it has found."""

import sqlite3
from typing import assert_type

import hookseal
from hookseal import Delivery
from hookseal.claims import (
    AsyncLease,
    AsyncPostgresClaims,
    AsyncRedisClaims,
    Busy,
    Conflict,
    Done,
    Entry,
    Handled,
    Lease,
    MemoryClaims,
    PostgresClaims,
    RedisClaims,
    Run,
    SqliteClaims,
    SqliteInbox,
    Worker,
    claim_within,
)
from hookseal.receive import Receiver


class Client:
    """What a client of Redis has to have."""

    def evalsha(self, sha: str, numkeys: int, *keys_and_args: object) -> object: ...
    def eval(self, script: str, numkeys: int, *keys_and_args: object) -> object: ...


class AwaitedClient:
    """The same, awaited."""

    async def evalsha(self, sha: str, numkeys: int, *keys_and_args: object) -> object: ...
    async def eval(self, script: str, numkeys: int, *keys_and_args: object) -> object: ...


def handles(delivery: Delivery) -> int:
    claims = SqliteClaims("claims.db", scope="shop", lease=30, keep=86400)
    claim = claims.claim(delivery)
    assert_type(claim, Lease | Done | Busy | Conflict)
    if isinstance(claim, Lease):
        assert_type(claim.complete(), bool)
        return claim.status
    assert_type(claim.retry_after, int | None)
    if claim.code == "no_such_code":  # type: ignore[comparison-overlap]
        return 500
    handled = claims.handle(delivery, lambda it: it.event_id)
    assert_type(handled, Handled[str | None])
    within = claim_within(sqlite3.connect("claims.db"), delivery)
    assert_type(within, Run | Done | Busy | Conflict)
    return within.status


async def awaits(delivery: Delivery) -> None:
    store = AsyncPostgresClaims("postgresql://localhost/shop")
    claim = await store.claim(delivery)
    if isinstance(claim, AsyncLease):
        assert_type(await claim.extend(30), bool)
    AsyncRedisClaims(AwaitedClient(), prefix=b"a:")


def works(entry: Entry) -> None:
    assert_type(entry.body, bytes)
    assert_type(entry.tries, int)


def makes() -> None:
    Receiver("stripe", secret="a secret", claims=MemoryClaims(cap=10))
    Receiver("stripe", secret="a secret", claims=RedisClaims(Client()))
    Receiver("stripe", secret="a secret", inbox=SqliteInbox("inbox.db"))
    Worker(SqliteInbox("inbox.db"), works, tries=3).run()


def mistakes(body: bytes) -> None:
    hookseal.claims.MemoryClaims().claim(body)  # type: ignore[arg-type]
    MemoryClaims(ttl=5)  # type: ignore[call-arg]
    SqliteClaims("claims.db", lease="30")  # type: ignore[arg-type]
    PostgresClaims(7)  # type: ignore[arg-type]
    RedisClaims("redis://localhost")  # type: ignore[arg-type]
    Receiver("stripe", secret="a secret", claims=SqliteInbox("inbox.db"))  # type: ignore[arg-type]
    Worker(MemoryClaims(), works)  # type: ignore[arg-type]
