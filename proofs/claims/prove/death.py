"""Where a worker is, for whoever counts; and its death there, by its own SIGKILL."""

from __future__ import annotations

import mmap
import os
import random
import signal
from enum import IntEnum


class Point(IntEnum):
    """How far a worker has come with a delivery."""

    IDLE = 0
    TAKEN = 1
    CLAIMED = 2
    PAYING = 3
    PAID = 4
    SETTLED = 5


# Between the start of the effect and the end of complete(): the window of the lease mode.
WINDOW = (Point.PAYING, Point.PAID)


class Board:
    """One byte for each worker, and counters, in memory that outlives them."""

    _COUNTERS = 8

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._memory = mmap.mmap(-1, workers * (1 + self._COUNTERS * 8))

    def point(self, worker: int) -> Point:
        return Point(self._memory[worker])

    def put(self, worker: int, point: Point) -> None:
        self._memory[worker] = point

    def count(self, worker: int, counter: int) -> None:
        at = self._at(worker, counter)
        value = int.from_bytes(self._memory[at : at + 8], "little") + 1
        self._memory[at : at + 8] = value.to_bytes(8, "little")

    def counted(self, counter: int) -> int:
        places = (self._at(worker, counter) for worker in range(self._workers))
        return sum(int.from_bytes(self._memory[at : at + 8], "little") for at in places)

    def _at(self, worker: int, counter: int) -> int:
        return self._workers + (worker * self._COUNTERS + counter) * 8


class Death:
    """Of one worker: `chances` are those of dying at a point."""

    # Counters of the board.
    NOT_OURS, NOT_COMPLETED, UNAVAILABLE, EARLY = range(4)

    def __init__(self, board: Board, worker: int, chances: dict[Point, float]) -> None:
        self._board = board
        self._worker = worker
        self._chances = chances

    def at(self, point: Point) -> None:
        self._board.put(self._worker, point)
        if random.random() < self._chances.get(point, 0):
            os.kill(os.getpid(), signal.SIGKILL)

    def count(self, counter: int) -> None:
        self._board.count(self._worker, counter)
