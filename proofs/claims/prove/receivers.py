"""Processes of a receiver: some on ports of their own, killed without warning, and restarted."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from .servers import DIES_WITH_US, free_port


class Receivers:
    """`command` is started `count` times; it listens on `PORT`. A receiver that dies is started
    again. `pause` is the mean time in seconds between two kills from outside, until there were
    `kills` of any kind; none without it.

    A receiver that kills itself appends the name of the point to the file `PAYMENTS_DEATHS`.
    """

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str],
        folder: Path,
        *,
        count: int = 4,
        pause: float | None = None,
        kills: int = 0,
    ) -> None:
        self.ports = [free_port() for _ in range(count)]
        self.kills = 0
        self._command = [*DIES_WITH_US, *command]
        self._deaths = folder / "deaths"
        self._log = folder / "receivers.log"
        self._deaths.write_bytes(b"")
        self._environment = {**os.environ, **environment, "PAYMENTS_DEATHS": str(self._deaths)}
        self._pause = pause
        self._most = kills
        self._stop = threading.Event()
        self._processes = {port: self._start(port) for port in self.ports}
        self._watch = threading.Thread(target=self._watching)

    def __enter__(self) -> Receivers:
        started = time.monotonic()
        while not all(_listens(port) for port in self.ports):
            broken = any(
                it.poll() not in (None, -signal.SIGKILL) for it in self._processes.values()
            )
            if broken or time.monotonic() - started > 60:
                self._end()
                raise RuntimeError(self._log.read_text()[-3000:])
            time.sleep(0.05)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watch.join()
        self._end()

    @property
    def points(self) -> Counter[str]:
        """How many killed themselves, by the point."""
        return Counter(self._deaths.read_text().split())

    @property
    def pids(self) -> list[int]:
        return [it.pid for it in self._processes.values()]

    def memory(self) -> int:
        """What all of them hold, in bytes."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids)
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _watching(self) -> None:
        due = self._next()
        while not self._stop.wait(0.01):
            for port, process in self._processes.items():
                if process.poll() is not None:
                    self._replace(port, process)
            if time.monotonic() >= due and self.kills < self._most:
                due = self._next()
                port = random.choice(self.ports)
                if _listens(port):
                    self._processes[port].kill()

    def _replace(self, port: int, process: subprocess.Popen[bytes]) -> None:
        """Those that ended otherwise than by a kill are started again too, and not counted."""
        if process.returncode == -signal.SIGKILL:
            self.kills += 1
        self._processes[port] = self._start(port)

    def _next(self) -> float:
        if self._pause is None:
            return float("inf")
        return time.monotonic() + random.expovariate(1 / self._pause)

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            environment = {**self._environment, "PORT": str(port)}
            return subprocess.Popen(self._command, env=environment, stdout=log, stderr=log)

    def _end(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
