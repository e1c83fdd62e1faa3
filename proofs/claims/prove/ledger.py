"""The ledger: one row for each payment that was booked, and what is wrong with it, told by SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Only appended to, and without a constraint: it would hide what is to be found.
SCHEMA = "CREATE TABLE IF NOT EXISTS payments (event_id text NOT NULL, amount bigint NOT NULL)"

_COMPARE = """
WITH {numbers}, counted AS (
    SELECT number, COUNT(payments.event_id) AS times
    FROM expected LEFT JOIN payments ON payments.event_id = 'evt_' || number
    GROUP BY number
)
SELECT
    COALESCE(SUM(CASE WHEN times = 0 THEN 1 ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN times > 1 THEN times - 1 ELSE 0 END), 0),
    (SELECT COUNT(*) FROM payments) - COALESCE(SUM(times), 0)
FROM counted
"""
_POSTGRESQL = "expected AS (SELECT number FROM generate_series(0, {events} - 1) AS number)"
_SQLITE = """RECURSIVE expected(number) AS (
    SELECT 0 WHERE {events} > 0
    UNION ALL SELECT number + 1 FROM expected WHERE number + 1 < {events}
)"""


@dataclass
class Verdict:
    events: int
    lost: int
    doubled: int
    unknown: int


def in_postgresql(connection: Any, events: int) -> Verdict:
    sql = _COMPARE.format(numbers=_POSTGRESQL.format(events=events))
    return _verdict(events, connection.execute(sql).fetchone())


def in_sqlite(path: Path, events: int) -> Verdict:
    with sqlite3.connect(path) as connection:
        # Made after the run: the comparison would take quadratic time without it.
        connection.execute("CREATE INDEX IF NOT EXISTS payments_event_id ON payments (event_id)")
        sql = _COMPARE.format(numbers=_SQLITE.format(events=events))
        return _verdict(events, connection.execute(sql).fetchone())


def doubles(rows: Iterable[tuple[str, int]]) -> dict[int, int]:
    """How many times too many, by the number of the event."""
    return {int(name.removeprefix("evt_")): times - 1 for name, times in rows}


DOUBLED = "SELECT event_id, COUNT(*) FROM payments GROUP BY event_id HAVING COUNT(*) > 1"


def _verdict(events: int, row: Any) -> Verdict:
    lost, doubled, unknown = row
    return Verdict(events, int(lost), int(doubled), int(unknown))
