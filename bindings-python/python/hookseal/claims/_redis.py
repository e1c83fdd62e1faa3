"""Redis and Valkey, by redis-py or what has its calls."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import cache
from hashlib import sha1
from typing import Any, Protocol, Unpack

from .._headers import kind
from ._claims import AsyncClaims, Claims
from ._options import Known, Options, StoreOptions
from ._outcomes import Busy, Conflict, Done, NotRun, Settlement, StoreUnavailableError
from ._texts import script

PREFIX = "hookseal:"


class Client(Protocol):
    """What is called of `redis.Redis`."""

    def evalsha(self, sha: str, numkeys: int, *keys_and_args: Any) -> Any: ...
    def eval(self, script: str, numkeys: int, *keys_and_args: Any) -> Any: ...


class AsyncClient(Protocol):
    """What is called of `redis.asyncio.Redis`."""

    def evalsha(self, sha: str, numkeys: int, *keys_and_args: Any) -> Awaitable[Any]: ...
    def eval(self, script: str, numkeys: int, *keys_and_args: Any) -> Awaitable[Any]: ...


class _Scripts(Options):
    """The calls of the scripts, and what they give."""

    def __init__(
        self, client: Any, *, prefix: str | bytes = PREFIX, **options: Unpack[StoreOptions]
    ) -> None:
        super().__init__(**options)
        if not hasattr(client, "evalsha"):
            raise TypeError(f"a client of Redis is meant, not {kind(client)}")
        self._client = client
        self._prefix = prefix.encode() if isinstance(prefix, str) else bytes(prefix)

    def _arguments(self, key: bytes, *rest: object) -> tuple[Any, ...]:
        return (self._prefix + key, *rest)

    def _of_claim(self, known: Known) -> tuple[Any, ...]:
        times = self.lease * 1000, self.keep * 1000
        return self._arguments(known.key, known.digest or b"", *times)


class RedisClaims(_Scripts, Claims):
    """Claims in Redis or Valkey, 6 or later: on the primary, never a replica.

    `client` is your `redis.Redis`; keys begin with `prefix`. What Redis has not written to its disk
    it forgets in a crash, and what it has not replicated in a failover: then deliveries are handled
    once more. For money take a transaction of a database (`claim_within`).

        claims = RedisClaims(redis.Redis(host="cache"))
    """

    def __init__(
        self, client: Client, *, prefix: str | bytes = PREFIX, **options: Unpack[StoreOptions]
    ) -> None:
        super().__init__(client, prefix=prefix, **options)

    def _claim(self, known: Known) -> int | NotRun:
        return _told(self._call("claim", self._of_claim(known)))

    def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        return bool(self._call("settle", self._arguments(key, fence, what, milliseconds)))

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        try:
            try:
                return self._client.evalsha(_name(name), 1, *arguments)
            except Exception as error:
                if not _is_unknown(error):
                    raise
                return self._client.eval(script(name), 1, *arguments)
        except Exception as error:
            raise StoreUnavailableError from error


class AsyncRedisClaims(_Scripts, AsyncClaims):
    """As `RedisClaims`, by a `redis.asyncio.Redis`."""

    def __init__(
        self, client: AsyncClient, *, prefix: str | bytes = PREFIX, **options: Unpack[StoreOptions]
    ) -> None:
        super().__init__(client, prefix=prefix, **options)

    async def _claim(self, known: Known) -> int | NotRun:
        return _told(await self._call("claim", self._of_claim(known)))

    async def _settle(self, key: bytes, fence: int, what: Settlement, milliseconds: int) -> bool:
        return bool(await self._call("settle", self._arguments(key, fence, what, milliseconds)))

    async def _call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        try:
            try:
                return await self._client.evalsha(_name(name), 1, *arguments)
            except Exception as error:
                if not _is_unknown(error):
                    raise
                return await self._client.eval(script(name), 1, *arguments)
        except Exception as error:
            raise StoreUnavailableError from error


def _told(answer: list[Any]) -> int | NotRun:
    word, *rest = answer
    match word.decode() if isinstance(word, bytes) else word:
        case "run":
            return int(rest[0])
        case "done":
            return Done()
        case "busy":
            return Busy(max(1, -(-int(rest[0]) // 1000)))
        case _:
            return Conflict(bool(rest[0]))


@cache
def _name(name: str) -> str:
    """The name by which the server knows a script that it has run before."""
    return sha1(script(name).encode(), usedforsecurity=False).hexdigest()


def _is_unknown(error: Exception) -> bool:
    return type(error).__name__ == "NoScriptError" or str(error).startswith("NOSCRIPT")
