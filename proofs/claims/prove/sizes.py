"""What a key costs in each store, and what that comes to."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from hookseal import sign
from hookseal.claims import MemoryClaims, PostgresClaims

from .deliveries import SECRET
from .outcome import Outcome
from .stores import VERIFIER, Store
from .together import PACKAGES, ROOT, RUST

RATES = (1, 100, 10_000)
_DAY = 86400


def measured(store: Store, keys: int) -> Outcome:
    """Handles so many events, and asks the store what it holds then. In a database by transactions
    of many: what is on the disk is the same, and it is there sooner."""
    store.stage.clear()
    before = held(store)
    match store.name:
        case "Redis":
            store.stage.redis.connect().config_set("appendfsync", "no")
            claims = store.claims()
            for number in range(keys):
                _handle(claims, number)
            store.stage.redis.connect().config_set("appendfsync", "always")
        case "PostgreSQL":
            with psycopg.connect(store.stage.postgresql.url) as connection:
                _within(store, connection, keys)
        case _:
            with sqlite3.connect(store.stage.file) as file:
                _within(store, file, keys)
    return _told(store.name, keys, held(store) - before)


def updated(store: Store, keys: int) -> Outcome:
    """PostgreSQL under a lease: to complete a claim writes its row anew, and the old one is there
    until the next vacuum."""
    store.stage.clear()
    before = held(store)
    claims = PostgresClaims(store.stage.postgresql.url + "?options=-csynchronous_commit%3Doff")
    for number in range(keys):
        _handle(claims, number)
    return _told("PostgreSQL, lease, not vacuumed", keys, held(store) - before)


def _within(store: Store, connection: Any, keys: int) -> None:
    claims = store.claims()
    for number in range(keys):
        claims.claim_within(connection, _delivery(number))
        if number % 1000 == 0:
            connection.commit()


def in_memory(keys: int) -> list[Outcome]:
    """In processes of their own, so that nothing but the claims makes them grow."""
    script = ROOT / "workers" / "node" / "memory.mjs"
    return [
        _told("memory, Python", keys, _said([sys.executable, "-m", "prove.sizes", str(keys)])),
        _told("memory, JavaScript", keys, _said(["node", "--expose-gc", str(script), str(keys)])),
        _told("memory, Rust", keys, _said([str(RUST / "claims-memory"), str(keys)])),
    ]


def _said(command: list[str]) -> int:
    environment = {**os.environ, "PACKAGES": str(PACKAGES), "SECRET": SECRET}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return int(done.stdout)


def held(store: Store) -> int:
    """All that grows with the keys, with the indexes."""
    match store.name:
        case "PostgreSQL":
            with store.stage.postgresql.connect() as connection:
                size = "SELECT pg_total_relation_size('hookseal_claims')"
                row: Any = connection.execute(size).fetchone()
            return int(row[0])
        case "SQLite":
            with sqlite3.connect(store.stage.file) as file:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return store.stage.file.stat().st_size
        case _:
            return int(store.stage.redis.connect().info("memory")["used_memory"])


def _handle(claims: Any, number: int) -> None:
    claims.claim(_delivery(number)).complete()


def _delivery(number: int) -> Any:
    body = json.dumps({"id": f"evt_{number}"}).encode()
    return VERIFIER.verify(body, sign("stripe", SECRET, body))


def _told(name: str, keys: int, grown: int) -> Outcome:
    each = grown / keys
    figures: dict[str, Any] = {"keys": keys, "bytes per key": round(each)}
    for days in (4, 7):
        for rate in RATES:
            figures[f"{rate}/s for {days} days"] = _readable(each * rate * days * _DAY)
    outcome = Outcome("bytes per key", name, figures)
    outcome.expect(each > 32, "less than the key itself: it was not measured")
    return outcome


def _readable(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    count = int(sys.argv[1])
    claims = MemoryClaims(cap=count + 1)
    _handle(claims, count)
    start = _resident()
    for each in range(count):
        _handle(claims, each)
    print(_resident() - start)
