"""A worker for prove.clocks: takes questions as lines of JSON; its clock is wrong."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import redis

from hookseal import VerificationError, Verifier, sign
from hookseal.claims import Lease, PostgresClaims, RedisClaims, _texts

_LEASE = 2
_SECRET = os.environ["PROVE_SECRET"]
_VERIFIER = Verifier("stripe", _SECRET)


class Worker:
    def __init__(self, store: str, place: str) -> None:
        if store == "Redis":
            self._claims: Any = RedisClaims(redis.Redis.from_url(place), lease=_LEASE)
        else:
            self._claims = PostgresClaims(place, lease=_LEASE)
        self._runs: dict[int, Lease] = {}

    def clock(self) -> float:
        return time.time()

    def claim(self, number: int, now: float) -> dict[str, Any]:
        """The delivery is fresh by `now`; the claim knows of no clock but the store's."""
        body = json.dumps({"id": f"evt_{number}"}).encode()
        delivery = _VERIFIER.verify(body, sign("stripe", _SECRET, body, now=now), now=now)
        claim = self._claims.claim(delivery)
        if isinstance(claim, Lease):
            self._runs[number] = claim
            return {"is": "run", "fence": claim.fence}
        return {"is": type(claim).__name__.lower(), "retry_after": claim.retry_after}

    def complete(self, number: int) -> bool:
        return self._runs[number].complete()

    def accepts(self, signed_at: float) -> bool:
        """By this process's own clock."""
        headers = sign("stripe", _SECRET, b"{}", now=signed_at)
        try:
            _VERIFIER.verify(b"{}", headers)
        except VerificationError as error:
            if error.code not in ("timestamp_too_old", "timestamp_too_new"):
                raise
            return False
        return True


def by_own_clock() -> None:
    """The texts of the control: the time is the worker's."""
    read = _texts._read

    def changed(store: str, name: str) -> str:
        now = time.time()
        sql = read(store, name).replace("clock_timestamp()", f"to_timestamp({now})")
        return sql.replace("redis.call('TIME')", f"{{{int(now)}, {int(now % 1 * 1e6)}}}")

    _texts._read = changed


if __name__ == "__main__":
    if os.environ.get("PROVE_CONTROL"):
        by_own_clock()
    worker = Worker(*sys.argv[1:3])
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Callable[..., Any] = getattr(worker, asked.pop("what"))
        print(json.dumps(answer(**asked)), flush=True)
