"""SQLite, by the standard library's `sqlite3`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import sleep

from ._idle import Idle
from ._outcomes import StoreUnavailableError
from ._steps import Parameters, Rows
from ._texts import schema_statements, statement

_WAIT = 10.0
"""Seconds for which a statement waits for those of other threads and processes."""

Source = str | os.PathLike[str] | Callable[[], sqlite3.Connection]


class Sqlite:
    """Statements, each in a transaction of its own, from any thread."""

    _dialect = "sqlite"

    def __init__(self, source: Source) -> None:
        if sqlite3.sqlite_version_info < (3, 35):
            raise RuntimeError("SQLite 3.35 or later is needed: Python was built with an older one")
        if callable(source):
            connect = source
        else:
            path = Path(source)
            if str(source) in ("", ":memory:") or str(source).startswith("file:"):
                raise ValueError("a file is meant: of a database in memory each thread has another")

            def connect() -> sqlite3.Connection:
                return _opened(path)

        self._idle = Idle(connect)

    def close(self) -> None:
        """Closes the connections that are open."""
        self._idle.close()

    def _execute(self, name: str, parameters: Parameters) -> Rows:
        return self._run(statement("sqlite", name, "named"), parameters)

    def _make(self, *, inbox: bool) -> None:
        for each in schema_statements("sqlite", inbox):
            self._run(each, {})

    def _run(self, text: str, parameters: Parameters) -> Rows:
        try:
            connection, _ = self._idle.take()
        except Exception as error:
            raise StoreUnavailableError from error
        try:
            rows = executed(connection, text, parameters)
            connection.commit()
        except BaseException as error:
            connection.close()
            if isinstance(error, Exception):
                raise StoreUnavailableError from error
            raise
        self._idle.give_back(connection)
        return rows


def executed(connection: sqlite3.Connection, text: str, parameters: Parameters) -> Rows:
    """What a statement gives, whatever the connection makes of rows."""
    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        cursor.execute(text, parameters)
        if cursor.description is None:
            return [()] * max(cursor.rowcount, 0)
        return cursor.fetchall()
    finally:
        cursor.close()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_WAIT, isolation_level=None, check_same_thread=False
    )
    try:
        # What was promised is on the disk; and readers do not wait for the writer.
        connection.execute("PRAGMA synchronous = FULL")
        _write_ahead(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """The file is switched once; where several do that at a time, SQLite does not wait."""
    for left in range(20, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if not left:
                raise
            sleep(0.05)
