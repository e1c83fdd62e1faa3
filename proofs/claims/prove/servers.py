"""Real servers of one's own: in a folder that is removed, killed without warning, restarted."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psycopg
import redis

# What comes before a command, so that nothing of it is left where a run is killed.
DIES_WITH_US = ["setpriv", "--pdeathsig=KILL"]


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        port: int = it.getsockname()[1]
        return port


class Server:
    """A process that listens, in a folder of its own, with whatever children it has."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hookseal-claims-"))
        self.port = free_port()
        self.kills = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        started = time.monotonic()
        while True:
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    self._command(), stdout=log, stderr=log, start_new_session=True
                )
            # It may find what is left of the process that was killed, and give up.
            while self._process.poll() is None:
                if self._answers():
                    return
                time.sleep(0.02)
            if time.monotonic() - started > 60:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL, to the server and to each of its children."""
        if self._process is None:
            return
        for group in self._groups(self._process.pid):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def restart(self) -> None:
        self.kill()
        self.kills += 1
        self.start()

    def _groups(self, pid: int) -> set[int]:
        """PostgreSQL gives each of its processes a group of its own."""
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {pid, *map(int, children)}

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError


class PostgreSQL(Server):
    """`options` are settings of the server, as they stand in its configuration."""

    def __init__(self, **options: str) -> None:
        super().__init__()
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
        self._programs = found[-1].parent if found else Path(shutil.which("postgres") or "").parent
        self._options = {"max_connections": "150", "shared_buffers": "128MB"}
        # After a crash it syncs all it has, file by file: slow, and the same in one call.
        self._options |= {"recovery_init_sync_method": "syncfs"} | options
        self._prepare()

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True, **options)

    def _prepare(self) -> None:
        data = str(self.folder / "data")
        make = [str(self._programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N"]
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        subprocess.run(
            [*self._as_user(), *make, "-E", "UTF8", "--locale=C"],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _as_user(self) -> list[str]:
        """It refuses to run as root."""
        if os.geteuid() != 0:
            return DIES_WITH_US
        return [*DIES_WITH_US, "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def _command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            **self._options,
        }
        said = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        postgres = str(self._programs / "postgres")
        return [*self._as_user(), postgres, "-D", str(self.folder / "data"), *said]

    def _answers(self) -> bool:
        try:
            self.connect(connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


class Redis(Server):
    """`appendfsync` is `always`, `everysec`, or `none`: nothing is written to disk."""

    def __init__(self, appendfsync: str = "always") -> None:
        super().__init__()
        self._appendfsync = appendfsync

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def connect(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_connect_timeout=2)

    def _command(self) -> list[str]:
        written = ["--appendonly", "no"]
        if self._appendfsync != "none":
            written = ["--appendonly", "yes", "--appendfsync", self._appendfsync]
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        return [
            *DIES_WITH_US,
            "redis-server",
            *place,
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction",
            *written,
        ]

    def _answers(self) -> bool:
        client = self.connect()
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
