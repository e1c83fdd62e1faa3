"""Plain workers that take deliveries from a pipe: forked, so that a dead one is soon replaced."""

from __future__ import annotations

import ctypes
import heapq
import os
import random
import selectors
import signal
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from hookseal import VerificationError, Verifier

from .death import WINDOW, Board, Death, Point
from .deliveries import SECRET, Deliveries, Sent, signed

_FRAME = 4
_DIE_WITH_PARENT = 1


class Receiver(Protocol):
    """One way to handle a delivery; made in the worker. Gives the status of the answer."""

    def take(self, delivery: Any) -> int: ...


Make = Callable[[Death], Any]


@dataclass
class _Worker:
    pid: int
    pipe: socket.socket
    sent: Sent | None = None
    since: float = 0


class Pool:
    """`chances` of a worker's own death at a point; `random_kills` is the chance that it is killed
    from outside, somewhere in a delivery."""

    def __init__(
        self,
        make: Make,
        *,
        workers: int = 8,
        chances: dict[Point, float] | None = None,
        random_kills: float = 0,
    ) -> None:
        self.kills = 0
        self.killed_at: Counter[Point] = Counter()
        self.window: Counter[int] = Counter()  # kills in the window, by the number of the event
        self.board = Board(workers)
        self._make = make
        self._chances = chances or {}
        self._random_kills = random_kills
        self._selector = selectors.DefaultSelector()
        self._workers = [self._start(place) for place in range(workers)]
        self._due: list[tuple[float, int, int]] = []
        self._typical = 0.002

    def run(
        self,
        deliveries: Deliveries,
        tick: Callable[[], None] | None = None,
        *,
        close: bool = True,
    ) -> None:
        while True:
            if tick:
                tick()
            wait = self._hand_out(deliveries)
            if wait is None:
                break
            self._kill_due()
            if self._due:
                wait = min(wait, max(self._due[0][0] - time.monotonic(), 0))
            for key, _ in self._selector.select(wait):
                self._hear(key.data, deliveries)
        if close:
            self.close()

    def close(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)
        self._workers = []

    def _hand_out(self, deliveries: Deliveries) -> float | None:
        """For how long to wait at most; nothing, when there is no more to do."""
        for place, worker in enumerate(self._workers):
            if worker.sent is not None:
                continue
            found = deliveries.next()
            if not isinstance(found, Sent):
                return found
            self._send(place, worker, found)
        return 0.05

    def _send(self, place: int, worker: _Worker, sent: Sent) -> None:
        worker.sent, worker.since = sent, time.monotonic()
        try:
            worker.pipe.sendall(self._request(sent))
        except BrokenPipeError:  # it was killed just after its last answer: heard of soon
            return
        if random.random() < self._random_kills:
            due = time.monotonic() + random.uniform(0, self._typical)
            heapq.heappush(self._due, (due, place, worker.pid))

    def _kill_due(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            _, place, pid = heapq.heappop(self._due)
            worker = self._workers[place]
            if worker.pid == pid and worker.sent is not None:
                os.kill(pid, signal.SIGKILL)

    def _hear(self, place: int, deliveries: Deliveries) -> None:
        worker = self._workers[place]
        try:
            said = worker.pipe.recv(100)
        except ConnectionResetError:
            said = b""
        sent, worker.sent = worker.sent, None
        if said:
            assert sent is not None
            self._typical += 0.02 * (time.monotonic() - worker.since - self._typical)
            status = self._status(place, said)
            deliveries.answered(sent, status, 1 if status == 503 else None)
            return
        self._bury(place, sent)
        if sent is not None:
            deliveries.answered(sent, None)

    def _bury(self, place: int, sent: Sent | None) -> None:
        worker = self._workers[place]
        self._selector.unregister(worker.pipe)
        worker.pipe.close()
        _, status = os.waitpid(worker.pid, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("a worker ended by itself")
        point = self.board.point(place)
        self.kills += 1
        self.killed_at[point] += 1
        if sent is not None and point in WINDOW:
            self.window[sent.number] += 1
        self._workers[place] = self._start(place)

    def _request(self, sent: Sent) -> bytes:
        body, headers = signed(sent.number)
        head = headers["stripe-signature"].encode()
        frame = len(head).to_bytes(_FRAME, "big") + head + body
        return len(frame).to_bytes(_FRAME, "big") + frame

    def _status(self, place: int, said: bytes) -> int:
        return int.from_bytes(said, "big")

    def _start(self, place: int) -> _Worker:
        ours, theirs = socket.socketpair()
        self.board.put(place, Point.IDLE)
        pid = self._spawn(place, ours, theirs)
        theirs.close()
        self._selector.register(ours, selectors.EVENT_READ, place)
        return _Worker(pid, ours)

    def _spawn(self, place: int, ours: socket.socket, theirs: socket.socket) -> int:
        pid = os.fork()
        if pid == 0:
            ours.close()
            _work(theirs, self._make, Death(self.board, place, self._chances))
        return pid


def _work(pipe: socket.socket, make: Make, death: Death) -> None:
    """The life of a worker: it never returns to the code of its parent, and dies with it."""
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        random.seed()
        receiver = make(death)
        verifier = Verifier("stripe", SECRET)
        while frame := _frame(pipe):
            death.at(Point.TAKEN)
            size = int.from_bytes(frame[:_FRAME], "big")
            head, body = frame[_FRAME : _FRAME + size], frame[_FRAME + size :]
            try:
                status = receiver.take(verifier.verify(body, [(b"stripe-signature", head)]))
            except VerificationError:
                status = 401
            death.at(Point.IDLE)
            pipe.sendall(status.to_bytes(2, "big"))
    except OSError:
        pass
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(0)


def _frame(pipe: socket.socket) -> bytes:
    size = _exactly(pipe, _FRAME)
    return _exactly(pipe, int.from_bytes(size, "big")) if size else b""


def _exactly(pipe: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = pipe.recv(size - len(got))
        if not more:
            return b""
        got += more
    return got
