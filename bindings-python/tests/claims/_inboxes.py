"""Inboxes, set up; and time that has gone by for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from hookseal import claims as c

from _claimed import Awaited, Loop, Servers


@contextmanager
def opened(name: str, servers: Servers, **options: Any) -> Iterator[Any]:
    if name == "async-postgres":
        loop = Loop()
        asynchronous = c.AsyncPostgresInbox(servers.postgres.dsn, **options)
        inbox: Any = Awaited(asynchronous, loop)
        inbox.setup()
        yield inbox
        inbox.close()
        loop.close()
        return
    inbox = (
        c.SqliteInbox(servers.file, **options)
        if name == "sqlite"
        else c.PostgresInbox(servers.postgres.dsn, **options)
    )
    inbox.setup()
    yield inbox
    inbox.close()


def later(name: str, servers: Servers, seconds: float) -> None:
    moved = "due_at = due_at - {0}, keep_until = keep_until - {0}"
    if name == "sqlite":
        store = c.SqliteInbox(servers.file)
        store._run(f"UPDATE hookseal_inbox SET {moved.format(int(seconds * 1000))}", {})
        store.close()
    else:
        with psycopg.connect(servers.postgres.dsn) as connection:
            gone = moved.format(f"INTERVAL '{seconds} seconds'")
            connection.execute(f"UPDATE hookseal_inbox SET {gone}")  # type: ignore[arg-type]
