"""The usual receivers, without claims. The proofs have to catch them."""

from __future__ import annotations

from typing import Any

import psycopg
import redis

from .death import Death, Point

_KEPT = 7 * 24 * 3600
BOOK = "INSERT INTO payments (event_id, amount) VALUES (%s, %s)"


def amount_of(delivery: Any) -> int:
    amount: int = delivery.json()["data"]["object"]["amount_received"]
    return amount


class _Naive:
    def __init__(self, redis_url: str, database: str, death: Death) -> None:
        self._redis = redis.Redis.from_url(redis_url)
        self._ledger = psycopg.connect(database, autocommit=True)
        self._death = death

    def _book(self, delivery: Any) -> None:
        self._death.at(Point.PAYING)
        self._ledger.execute(BOOK, (delivery.event_id, amount_of(delivery)))
        self._death.at(Point.PAID)


class MarkFirst(_Naive):
    """`SET NX`, then the effect: a crash between them loses it."""

    def take(self, delivery: Any) -> int:
        if self._redis.set(f"seen:{delivery.event_id}", 1, nx=True, ex=_KEPT):
            self._death.at(Point.CLAIMED)
            self._book(delivery)
        return 200


class MarkAfter(_Naive):
    """The effect, then the mark: a crash between them doubles it, and so do two at once."""

    def take(self, delivery: Any) -> int:
        key = f"seen:{delivery.event_id}"
        if not self._redis.exists(key):
            self._death.at(Point.CLAIMED)
            self._book(delivery)
            self._redis.set(key, 1, ex=_KEPT)
            self._death.at(Point.SETTLED)
        return 200


class MarkFirstInSql:
    """The mark and the effect in the same database, each in a transaction of its own."""

    MARKS = "CREATE TABLE IF NOT EXISTS marks (event_id text PRIMARY KEY)"

    def __init__(self, database: str, death: Death) -> None:
        self._database = psycopg.connect(database, autocommit=True)
        self._death = death

    def take(self, delivery: Any) -> int:
        mark = "INSERT INTO marks VALUES (%s) ON CONFLICT DO NOTHING"
        if self._database.execute(mark, (delivery.event_id,)).rowcount:
            self._death.at(Point.CLAIMED)
            self._database.execute(BOOK, (delivery.event_id, amount_of(delivery)))
            self._death.at(Point.PAID)
        return 200


class MarkAfterInSql(MarkFirstInSql):
    def take(self, delivery: Any) -> int:
        look = "SELECT FROM marks WHERE event_id = %s"
        if not self._database.execute(look, (delivery.event_id,)).rowcount:
            self._death.at(Point.CLAIMED)
            self._database.execute(BOOK, (delivery.event_id, amount_of(delivery)))
            self._death.at(Point.PAID)
            mark = "INSERT INTO marks VALUES (%s) ON CONFLICT DO NOTHING"
            self._database.execute(mark, (delivery.event_id,))
        return 200
