"""Thirty days in a minute: the times that the store holds are moved into the past, and deliveries
are verified by a clock that is as far ahead."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Any

from hookseal import VerificationError
from hookseal.claims import Lease

from .deliveries import signed
from .outcome import Outcome
from .stores import VERIFIER, Store

_DAY = 86400
_RETRIED = 3 * _DAY
_STEP = 6 * 3600


@dataclass
class _Event:
    """Its attempts as they were captured, and until when its provider retries it."""

    number: int
    until: float
    captured: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    runs: int = 0


def passed(store: Store, days: int, events: int, keep: int, *, is_control: bool = False) -> Outcome:
    """Every few hours new events, retries of those of the last three days, and captured bytes of
    any age, in any order. `keep` is too short in the control."""
    store.stage.clear()
    claims = store.claims(keep=keep)
    known: list[_Event] = []
    counts = {"new": 0, "retries": 0, "captured": 0, "refused as stale": 0, "forgotten": 0}
    ahead = 0.0
    while ahead < days * _DAY:
        now = time.time() + ahead
        for _ in range(max(1, events * _STEP // (days * _DAY))):
            known.append(_Event(len(known), now + _RETRIED))
            counts["new"] += 1
            _attempt(claims, known[-1], now)
        for event in random.choices(known, k=len(known) // 8):
            if now < event.until:
                counts["retries"] += 1
                _attempt(claims, event, now)
        for event in random.choices(known, k=len(known) // 4):
            counts["captured"] += 1
            counts["refused as stale"] += not _verified(
                claims, event, random.choice(event.captured), now
            )
        counts["forgotten"] += claims.forget(10_000)
        step = random.uniform(0, _STEP)
        ahead += step
        shift(store, step)
    twice = sum(event.runs - 1 for event in known)
    name = f"{store.name}, kept for {keep / _DAY:g} days"
    outcome = Outcome(
        f"{days} virtual days",
        ("control: " if is_control else "") + name,
        {**counts, "handled twice": twice, "never handled": sum(not it.runs for it in known)},
    )
    if is_control:
        outcome.expect(twice > 0, "the control handled nothing twice")
        return outcome
    outcome.expect(twice == 0, "handled twice")
    outcome.expect(outcome.figures["never handled"] == 0, "lost")
    return outcome


def _attempt(claims: Any, event: _Event, now: float) -> None:
    request = signed(event.number, now)
    event.captured.append(request)
    if not _verified(claims, event, request, now):
        raise AssertionError("a fresh attempt was refused")


def _verified(
    claims: Any, event: _Event, request: tuple[bytes, dict[str, str]], now: float
) -> bool:
    body, headers = request
    try:
        claim = claims.claim(VERIFIER.verify(body, headers, now=now))
    except VerificationError:
        return False
    if isinstance(claim, Lease):
        event.runs += 1
        claim.complete()
    return True


def shift(store: Store, seconds: float) -> None:
    """Moves all that a store holds so far into the past."""
    moved = int(seconds * 1000)
    match store.name:
        case "PostgreSQL":
            with store.stage.postgresql.connect() as connection:
                by = f"INTERVAL '{moved} milliseconds'"
                connection.execute(
                    f"UPDATE hookseal_claims SET lease_until = lease_until - {by},"
                    f" keep_until = keep_until - {by}, fence = fence - {moved}"
                )
        case "SQLite":
            import sqlite3

            with sqlite3.connect(store.stage.file) as file:
                file.execute(
                    f"UPDATE hookseal_claims SET lease_until = lease_until - {moved},"
                    f" keep_until = keep_until - {moved}, fence = fence - {moved}"
                )
        case _:
            _shift_redis(store.stage.redis.connect(), moved)


def _shift_redis(client: Any, moved: int) -> None:
    keys = list(client.scan_iter(count=1000))
    asked = client.pipeline(transaction=False)
    for key in keys:
        asked.pttl(key)
        asked.get(key)
    answers = asked.execute()
    told = client.pipeline(transaction=False)
    for key, left, value in zip(keys, answers[::2], answers[1::2], strict=True):
        if left <= moved:
            told.delete(key)
            continue
        fence, until, digest = value.split(b":", 2)
        until = until if until == b"0" else str(int(until) - moved).encode()
        told.set(key, b":".join((str(int(fence) - moved).encode(), until, digest)), px=left - moved)
    told.execute()
