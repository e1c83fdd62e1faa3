"""PostgreSQL and Redis of these tests' own, in a temporary folder: never one that runs already."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PROGRAMS = "/usr/lib/postgresql/15/bin"


def program(name: str) -> str:
    """Without the servers these tests fail: what they prove is nothing without them."""
    found = shutil.which(name, path=f"{PROGRAMS}:{os.environ['PATH']}")
    if found is None:
        pytest.fail(f"{name} is missing: install the packages postgresql-15 and redis-server")
    return found


@contextmanager
def folder() -> Iterator[Path]:
    """One that other users can get into."""
    path = Path(tempfile.mkdtemp(prefix="hookseal-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@dataclass
class Server:
    """A server, which can be stopped, killed and started again."""

    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        for _ in range(400):
            if self.answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.025)
        pytest.fail(f"the server does not start: {self.log.read_text()[-2000:]}")

    def answers(self) -> bool:
        raise NotImplementedError

    def stop(self, by: int = signal.SIGINT) -> None:
        assert self.process is not None
        self.process.send_signal(by)
        self.process.wait(30)


@dataclass
class PostgresServer(Server):
    dsn: str = ""

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.dsn).close()
            return True
        return False


@dataclass
class RedisServer(Server):
    socket: str = ""

    def client(self, **options: Any) -> redis.Redis:
        once: Any = {"retry": Retry(NoBackoff(), 0)}
        return redis.Redis(unix_socket_path=self.socket, **once, **options)

    def answers(self) -> bool:
        with suppress(redis.ConnectionError), self.client() as client:
            return bool(client.ping())
        return False


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """As another user where this is root: PostgreSQL does not run as root."""
    initdb, postgres = program("initdb"), program("postgres")
    with folder() as path:
        become: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(path, user.pw_uid, user.pw_gid)
            become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
            become += ["--clear-groups", "--"]
        options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = [*become, initdb, "-D", str(path / "data"), *options]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=path)
        settings = "listen_addresses= fsync=on max_connections=120 logging_collector=off"
        command = [*become, postgres, "-D", str(path / "data"), "-k", str(path)]
        for each in settings.split():
            command += ["-c", each]
        dsn = f"host={path} user=postgres dbname=postgres"
        server = PostgresServer(command, path / "log", dsn=dsn)
        with running(server):
            yield server


@contextmanager
def redis_server(*options: str) -> Iterator[RedisServer]:
    found = program("redis-server")
    with folder() as path:
        socket = str(path / "redis.sock")
        command = [found, "--port", "0", "--unixsocket", socket, "--dir", str(path)]
        command += ["--save", "", "--appendonly", "no", *options]
        server = RedisServer(command, path / "log", socket=socket)
        with running(server):
            yield server


@contextmanager
def running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop(signal.SIGQUIT)  # nothing of it is kept
