"""A provider's half of HTTP: many connections, kept open, one request at a time on each."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from typing import Any, Protocol

_PATIENCE = 20.0
_TICK = 0.05
_REST = 0.1


class Source(Protocol):
    """`next` gives what is to be sent, for how long to wait, or nothing at the end."""

    def next(self) -> Any: ...
    def request(self, sent: Any) -> bytes: ...
    def refused(self, sent: Any) -> None: ...
    def answered(self, sent: Any, status: int | None, retry_after: float | None) -> None: ...


class Line:
    """One connection to one port."""

    def __init__(self, port: int) -> None:
        self.sent: Any = None
        self.since = 0.0
        self._port = port
        self._socket: socket.socket | None = None
        self._got = b""

    def fileno(self) -> int:
        assert self._socket is not None
        return self._socket.fileno()

    def send(self, request: bytes) -> bool:
        """False: nobody listens."""
        self._got = b""
        self.since = time.monotonic()
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=5)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request)
        except OSError:
            self.close()
            return False
        return True

    def receive(self) -> tuple[int, dict[bytes, bytes]] | None:
        """The answer, once all of it is there. Raises where the connection broke."""
        assert self._socket is not None
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionResetError
        self._got += more
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found:
            return None
        status, *lines = head.split(b"\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (it.partition(b":") for it in lines)
        }
        if headers.get(b"transfer-encoding") == b"chunked":
            if not body.endswith(b"0\r\n\r\n"):
                return None
        elif len(body) < int(headers.get(b"content-length", b"0")):
            return None
        return int(status.split()[1]), headers

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class Drive:
    """Sends all that a source has; each port gets its share of the connections."""

    def __init__(self, ports: list[int], connections: int, source: Source) -> None:
        self._source = source
        self._selector = selectors.DefaultSelector()
        self._idle = deque(Line(ports[number % len(ports)]) for number in range(connections))
        self._busy: set[Line] = set()
        self._resting: deque[tuple[float, Line]] = deque()  # nobody listened just now

    def run(self) -> None:
        wait: float | None = 0.0
        while wait is not None or self._busy:
            self._wake()
            wait = self._hand_out()
            for key, _ in self._selector.select(min(wait or _TICK, _TICK)):
                self._hear(key.data)
            self._give_up()
        for line in [*self._idle, *(line for _, line in self._resting)]:
            line.close()

    def _hand_out(self) -> float | None:
        while self._idle:
            found = self._source.next()
            if found is None or isinstance(found, float):
                return found
            self._send(self._idle.popleft(), found)
        return _TICK

    def _send(self, line: Line, found: Any) -> None:
        if line.send(self._source.request(found)):
            line.sent = found
            self._busy.add(line)
            self._selector.register(line, selectors.EVENT_READ, line)
        else:
            self._resting.append((time.monotonic() + _REST, line))
            self._source.refused(found)

    def _wake(self) -> None:
        while self._resting and self._resting[0][0] <= time.monotonic():
            self._idle.append(self._resting.popleft()[1])

    def _hear(self, line: Line) -> None:
        try:
            answer = line.receive()
        except OSError:
            self._selector.unregister(line)
            line.close()
            self._done(line, None, {})
            return
        if answer is not None:
            self._selector.unregister(line)
            status, headers = answer
            if headers.get(b"connection") == b"close":
                line.close()
            self._done(line, status, headers)

    def _done(self, line: Line, status: int | None, headers: dict[bytes, bytes]) -> None:
        self._busy.discard(line)
        self._idle.append(line)
        after = headers.get(b"retry-after")
        self._source.answered(line.sent, status, None if after is None else float(after))

    def _give_up(self) -> None:
        """A provider does not wait for ever."""
        late = time.monotonic() - _PATIENCE
        for line in [it for it in self._busy if it.since < late]:
            self._selector.unregister(line)
            line.close()
            self._done(line, None, {})
