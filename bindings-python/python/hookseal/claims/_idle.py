"""Connections that are open and that nobody uses right now."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Closes(Protocol):
    """What is closed when it is not needed any longer."""

    def close(self) -> object: ...


C = TypeVar("C", bound=Closes)

_MOST = 16
"""How many are kept open; more are made when they are needed, and closed."""


class Idle(Generic[C]):
    """Hands a connection to one thread at a time. A process that was forked makes its own."""

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._lock = Lock()
        self._free: list[C] = []
        self._process = os.getpid()
        self._of_parent: list[C] = []  # closing them here would end them over there

    def take(self) -> tuple[C, bool]:
        """A connection, and whether it was made just now."""
        kept = self.kept()
        return (self._connect(), True) if kept is None else (kept, False)

    def kept(self) -> C | None:
        """A connection that is open already, if there is one."""
        with self._lock:
            if self._process != os.getpid():
                self._of_parent += self._free
                self._free, self._process = [], os.getpid()
            return self._free.pop() if self._free else None

    def give_back(self, connection: C) -> None:
        """Keeps it for the next one."""
        with self._lock:
            if len(self._free) < _MOST:
                self._free.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Closes those that are free."""
        while (connection := self.kept()) is not None:
            with suppress(Exception):
                connection.close()

    def __del__(self) -> None:
        self.close()
