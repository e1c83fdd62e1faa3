"""What a provider does: every event is sent three times, and each time again until it is taken."""

from __future__ import annotations

import heapq
import json
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from hookseal import sign

SECRET = "whsec_" + secrets.token_hex(24)
COPIES = 3
# Seconds without one that is taken: then none will be.
_PATIENCE = 40


def body_of(number: int) -> bytes:
    amount = 100 + number % 900
    event = {
        "id": f"evt_{number}",
        "type": "payment_intent.succeeded",
        "data": {"object": {"id": f"pi_{number}", "amount_received": amount, "currency": "eur"}},
    }
    return json.dumps(event).encode()


def signed(number: int, now: float | None = None) -> tuple[bytes, dict[str, str]]:
    """A body and the headers of one attempt: signed anew, as each retry is."""
    body = body_of(number)
    return body, sign("stripe", SECRET, body, now=now)


@dataclass(order=True)
class Sent:
    """One copy of an event, until it is taken."""

    due: float
    order: int
    number: int = field(compare=False)
    tries: int = field(compare=False, default=0)


class Deliveries:
    """Makes new events while `more()`, and ends when every copy of each was answered 2xx."""

    def __init__(self, more: Callable[[], bool], copies: int = COPIES) -> None:
        self.events = 0
        self.attempts = 0
        self.taken = 0
        self.statuses: dict[int, int] = {}
        self.is_stuck = False
        self._progress = time.monotonic()
        self._more = more
        self._copies = copies
        self._due: list[Sent] = []
        self._order = 0
        self._under_way = 0

    def next(self) -> Sent | float | None:
        """A copy to send; for how long to wait; or nothing, as all are taken."""
        now = time.monotonic()
        if now - self._progress > _PATIENCE:
            self.is_stuck = True
            return None
        if not (self._due and self._due[0].due <= now) and self._more():
            self._make(now)
        if self._due and self._due[0].due <= now:
            sent = heapq.heappop(self._due)
            sent.tries += 1
            self.attempts += 1
            self._under_way += 1
            return sent
        if self._due:
            return self._due[0].due - now
        return 0.05 if self._under_way else None

    def answered(self, sent: Sent, status: int | None, retry_after: float | None = None) -> None:
        """`status` is none where the connection broke."""
        self._under_way -= 1
        self.statuses[status or 0] = self.statuses.get(status or 0, 0) + 1
        if status is not None and 200 <= status < 300:
            self.taken += 1
            self._progress = time.monotonic()
            return
        wait = random.uniform(0.01, 0.06)
        if retry_after is not None:
            wait += min(retry_after, 1) * random.uniform(0.2, 1)
        sent.due = time.monotonic() + wait
        heapq.heappush(self._due, sent)

    def refused(self, sent: Sent) -> None:
        """Nobody listened: that was no attempt."""
        self.attempts -= 1
        self.answered(sent, None)

    def _make(self, now: float) -> None:
        """Half of the copies come at the same time, the others a little later."""
        for _ in range(self._copies):
            lag = random.choice((0.0, random.uniform(0, 0.1)))
            self._order += 1
            heapq.heappush(self._due, Sent(now + lag, self._order, self.events))
        self.events += 1
