"""Receivers with claims: the effect in one transaction with the claim, and under a lease."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from typing import Any

import psycopg
import redis

from hookseal.claims import (
    Lease,
    PostgresClaims,
    RedisClaims,
    Run,
    SqliteClaims,
    StoreUnavailableError,
)

from .death import Death, Point
from .naive import BOOK, amount_of

BOOK_IN_SQLITE = "INSERT INTO payments (event_id, amount) VALUES (?, ?)"


class WithinPostgreSQL:
    """Claim and effect are one transaction; the claim's only connection is the handler's."""

    def __init__(self, database: str, death: Death) -> None:
        self._database = database
        self._death = death
        self._claims = PostgresClaims(database)
        self._connection: psycopg.Connection[Any] | None = None

    def take(self, delivery: Any) -> int:
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._database, connect_timeout=5)
            with self._connection.transaction():
                claim = self._claims.claim_within(self._connection, delivery)
                if isinstance(claim, Run):
                    self._pay(delivery)
        except (StoreUnavailableError, psycopg.Error):
            self._death.count(Death.UNAVAILABLE)
            self._lose_connection()
            return 503
        self._death.at(Point.SETTLED)
        return 200 if isinstance(claim, Run) else claim.status

    def _pay(self, delivery: Any) -> None:
        assert self._connection is not None
        self._death.at(Point.CLAIMED)
        self._death.at(Point.PAYING)
        self._connection.execute(BOOK, (delivery.event_id, amount_of(delivery)))
        self._death.at(Point.PAID)

    def _lose_connection(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


class WithinSqlite:
    def __init__(self, path: str, death: Death) -> None:
        self._death = death
        self._claims = SqliteClaims(path)
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)

    def take(self, delivery: Any) -> int:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            claim = self._claims.claim_within(connection, delivery)
            if isinstance(claim, Run):
                self._death.at(Point.CLAIMED)
                self._death.at(Point.PAYING)
                connection.execute(BOOK_IN_SQLITE, (delivery.event_id, amount_of(delivery)))
                self._death.at(Point.PAID)
            connection.execute("COMMIT")
        except (StoreUnavailableError, sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._death.count(Death.UNAVAILABLE)
            return 503
        self._death.at(Point.SETTLED)
        return 200 if isinstance(claim, Run) else claim.status


class Leased:
    """A lease of one second; the ledger is a foreign effect, in a PostgreSQL of its own."""

    def __init__(self, claims: Any, ledger: str, death: Death) -> None:
        self._claims = claims
        self._ledger = psycopg.connect(ledger, autocommit=True)
        self._death = death

    def take(self, delivery: Any) -> int:
        started = time.monotonic()
        try:
            claim = self._claims.claim(delivery)
        except StoreUnavailableError:
            self._death.count(Death.UNAVAILABLE)
            return 503
        if not isinstance(claim, Lease):
            return int(claim.status)
        self._death.at(Point.CLAIMED)
        self._death.at(Point.PAYING)
        self._ledger.execute(BOOK, (delivery.event_id, amount_of(delivery)))
        self._death.at(Point.PAID)
        self._complete(claim, started)
        self._death.at(Point.SETTLED)
        return 200

    def _complete(self, claim: Lease, started: float) -> None:
        try:
            if not claim.complete():
                is_over = time.monotonic() - started >= self._claims.lease
                self._death.count(Death.NOT_OURS if is_over else Death.EARLY)
        except StoreUnavailableError:
            self._death.count(Death.NOT_COMPLETED)


def leased_in_redis(url: str, ledger: str, death: Death) -> Leased:
    client = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
    return Leased(RedisClaims(client, lease=1), ledger, death)


def leased_in_postgresql(database: str, ledger: str, death: Death) -> Leased:
    return Leased(PostgresClaims(database, lease=1), ledger, death)


def leased_in_sqlite(path: str, ledger: str, death: Death) -> Leased:
    return Leased(SqliteClaims(path, lease=1), ledger, death)
