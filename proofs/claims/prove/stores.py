"""Claims in each store, for the proofs that need no pool of workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import redis

from hookseal import Verifier
from hookseal.claims import PostgresClaims, RedisClaims, SqliteClaims

from .deliveries import SECRET, signed
from .worker_kills import Stage

VERIFIER = Verifier("stripe", SECRET)


def delivery(number: int, now: float | None = None) -> Any:
    """A verified attempt; `now` is the time of the sender and of the receiver."""
    body, headers = signed(number, now)
    return VERIFIER.verify(body, headers, now=now)


@dataclass
class Store:
    """`claims(…)` gives an object on connections of its own."""

    name: str
    stage: Stage

    def claims(self, **options: Any) -> Any:
        match self.name:
            case "Redis":
                return RedisClaims(redis.Redis.from_url(self.stage.redis.url), **options)
            case "PostgreSQL":
                return PostgresClaims(self.stage.postgresql.url, **options)
            case _:
                return SqliteClaims(str(self.stage.file), **options)


def all_of(stage: Stage) -> list[Store]:
    return [Store(name, stage) for name in ("PostgreSQL", "Redis", "SQLite")]
