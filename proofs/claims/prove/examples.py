"""The three worked examples of examples/payments: how to start them, and where their ledger is."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from . import ledger
from .deliveries import SECRET
from .servers import PostgreSQL, Redis

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "payments"
PATH = "/payments"


@dataclass
class Example(ABC):
    """A receiver; the servers are there for those that want them."""

    postgresql: PostgreSQL
    redis: Redis
    folder: Path

    name: ClassVar[str]
    what: ClassVar[str]
    # The chance of a death at each point of a delivery, and seconds between kills from outside.
    chance: ClassVar[float]
    pause: ClassVar[float]
    # Doubles are allowed for deaths between effect and complete.
    has_window: ClassVar[bool] = False

    @property
    def command(self) -> list[str]:
        return [str(FOLDER / self.name / "run")]

    def folder_of(self, guard: str) -> Path:
        """Where its processes note what they do."""
        folder = self.folder / guard
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def environment(self, guard: str, chance: float = 0) -> dict[str, str]:
        points = ("claimed", "paid", "committed")
        return {
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "PAYMENTS_GUARD": guard,
            "PAYMENTS_DIE": ",".join(f"{point}={chance}" for point in points) if chance else "",
            **self._stores(),
        }

    @abstractmethod
    def _stores(self) -> dict[str, str]: ...

    @abstractmethod
    def clear(self) -> None:
        """Before a run: nothing is booked, nothing is claimed."""

    @abstractmethod
    def compare(self, events: int) -> ledger.Verdict: ...

    @abstractmethod
    def doubles(self) -> dict[int, int]:
        """How often too often each event was booked."""


class _LedgerInPostgreSQL(Example):
    def clear(self) -> None:
        with self.postgresql.connect() as connection:
            for table in ("payments", "seen", "hookseal_claims"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
        self.redis.connect().flushall()

    def compare(self, events: int) -> ledger.Verdict:
        with self.postgresql.connect() as connection:
            return ledger.in_postgresql(connection, events)

    def doubles(self) -> dict[int, int]:
        with self.postgresql.connect() as connection:
            return ledger.doubles(connection.execute(ledger.DOUBLED).fetchall())


class FastApi(_LedgerInPostgreSQL):
    name = "fastapi"
    what = "FastAPI, PostgreSQL, one transaction"
    chance = 0.002
    pause = 0.6

    def _stores(self) -> dict[str, str]:
        return {"DATABASE_URL": self.postgresql.url}


class Express(_LedgerInPostgreSQL):
    name = "express"
    what = "Express, Redis, lease"
    chance = 0.002
    pause = 0.5
    has_window = True

    def _stores(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgresql.url,
            "REDIS_URL": self.redis.url,
            "PAYMENTS_LEASE": "3",
        }


class Axum(Example):
    name = "axum"
    what = "axum, SQLite, one transaction"
    chance = 0.004
    pause = 0.15

    @property
    def file(self) -> Path:
        return self.folder / "payments.db"

    def _stores(self) -> dict[str, str]:
        return {"DATABASE_URL": f"sqlite://{self.file}"}

    def clear(self) -> None:
        for file in self.folder.glob("payments.db*"):
            file.unlink()

    def compare(self, events: int) -> ledger.Verdict:
        return ledger.in_sqlite(self.file, events)

    def doubles(self) -> dict[int, int]:
        with sqlite3.connect(self.file) as file:
            return ledger.doubles(file.execute(ledger.DOUBLED))


EXAMPLES: tuple[type[Example], ...] = (FastApi, Express, Axum)
