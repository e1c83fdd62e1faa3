"""Workers, and the command: what fails is run again, and kept for people."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hookseal import _command
from hookseal import claims as c

from _claimed import Servers, delivery
from _inboxes import later, opened

HERE = Path(__file__).parent


class Handler:
    """Fails so often, and then works."""

    def __init__(self, failures: int) -> None:
        self.left = failures
        self.ran: list[int] = []

    def __call__(self, entry: Any) -> None:
        self.ran.append(entry.tries)
        self.left -= 1
        if self.left >= 0:
            raise ConnectionError("a secret of the handler")


@pytest.mark.parametrize("name", ["sqlite", "postgres"])
def test_a_worker_runs_it_until_it_works(
    servers: Servers, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(name, servers) as inbox, caplog.at_level(logging.INFO, "hookseal"):
        inbox.put(delivery())
        handler, waited = Handler(3), []
        worker = c.Worker(inbox, handler, back_off=lambda tries: waited.append(tries) or 10.0)
        assert worker.run_once() is True
        assert worker.run_once() is False, "it waits"
        for _ in range(3):
            later(name, servers, 11)
            assert worker.run_once() is True
        assert (handler.ran, waited) == ([1, 2, 3, 4], [1, 2, 3])
        assert worker.run_once() is False and inbox.list("done")[0].tries == 4
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 3 and all("handler_failed" in it for it in told)
    assert "(ConnectionError)" in told[0] and "secret" not in "".join(told)


@pytest.mark.parametrize("name", ["sqlite", "postgres"])
def test_a_worker_keeps_what_keeps_failing(servers: Servers, name: str) -> None:
    with opened(name, servers) as inbox:
        inbox.put(delivery())
        handler = Handler(100)
        worker = c.Worker(inbox, handler, tries=3, back_off=lambda _: 0.0)
        assert [worker.run_once() for _ in range(4)] == [True] * 3 + [False]
        assert [it.trouble for it in inbox.failed()] == ["ConnectionError"]
        inbox.again(inbox.failed()[0].key)
        handler.left = 0
        assert worker.run_once() is True and inbox.failed() == []
        # One that ends its worker each time is not run for ever.
        inbox.put(delivery(2))
        for _ in range(3):
            assert inbox.take() is not None
            later(name, servers, 61)
        assert worker.run_once() is True
        assert [it.trouble for it in inbox.failed()] == ["LeaseEnded"]


def test_a_worker_goes_on_when_the_store_is_back(servers: Servers) -> None:
    from threading import Thread

    class Flaky(c.SqliteInbox):
        fails = 2

        def take(self) -> c.Entry | None:
            self.fails -= 1
            if self.fails >= 0:
                raise c.StoreUnavailableError
            return super().take()

    with opened("sqlite", servers) as inbox:
        inbox.put(delivery())
        flaky = Flaky(servers.file)
        worker = c.Worker(flaky, lambda entry: worker.stop(), idle=0.01)
        thread = Thread(target=worker.run)
        thread.start()
        thread.join(20)
        assert not thread.is_alive() and inbox.list("done")[0].tries == 1
        flaky.close()


def test_an_asynchronous_worker(servers: Servers) -> None:
    import asyncio

    async def run() -> list[int]:
        inbox = c.AsyncPostgresInbox(servers.postgres.dsn)
        await inbox.setup()
        await inbox.put(delivery())
        handler, finished = Handler(1), asyncio.Event()

        async def handle(entry: c.AsyncEntry) -> None:
            await asyncio.sleep(0)
            handler(entry)
            finished.set()

        worker = c.AsyncWorker(inbox, handle, back_off=lambda _: 0.0, idle=0.01)
        task = asyncio.create_task(worker.run())
        await asyncio.wait_for(finished.wait(), 20)
        while not await inbox.list("done"):
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await worker.run_once() is False
        await inbox.close()
        return handler.ran

    assert asyncio.run(run()) == [1, 2]


KILLED = """
import os, signal, sys
from hookseal import claims as c
inbox = c.SqliteInbox(sys.argv[1]) if "/" == sys.argv[1][0] else c.PostgresInbox(sys.argv[1])
c.Worker(inbox, lambda entry: os.kill(os.getpid(), signal.SIGKILL)).run_once()
"""


@pytest.mark.parametrize("name", ["sqlite", "postgres"])
def test_a_worker_that_is_killed(servers: Servers, name: str) -> None:
    with opened(name, servers) as inbox:
        inbox.put(delivery())
        where = str(servers.file) if name == "sqlite" else servers.postgres.dsn
        run = subprocess.run([sys.executable, "-c", KILLED, where], env=dict(os.environ))
        assert run.returncode == -signal.SIGKILL
        assert inbox.take() is None
        later(name, servers, 61)
        handler = Handler(0)
        assert c.Worker(inbox, handler).run_once() is True
        assert handler.ran == [2] and len(inbox.list("done")) == 1


def test_back_off_grows_and_is_spread() -> None:
    for tries in range(1, 40):
        most = min(5.0 * 2 ** (tries - 1), 3600.0)
        waits = [c.back_off(tries) for _ in range(50)]
        assert all(most / 2 <= wait <= most for wait in waits)
        assert len(set(waits)) > 40


def command(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = _command.main(["inbox", *words])
    out, err = capfd.readouterr()
    return status, out, err


@pytest.mark.parametrize("name", ["sqlite", "postgres"])
def test_the_command(servers: Servers, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    import json

    where = ["--sqlite", str(servers.file)]
    if name == "postgres":
        where = ["--postgres", servers.postgres.dsn]
    with opened(name, servers) as inbox:
        for number in range(3):
            inbox.put(delivery(number))
            inbox.take().fail(ValueError())
        inbox.put(delivery("waits"))
        status, out, _ = command(capfd, "list", *where)
        rows = [line.split("\t") for line in out.splitlines()]
        assert status == 0 and [row[2] for row in rows] == ["evt_0", "evt_1", "evt_2"]
        assert {row[-1] for row in rows} == {"ValueError"}
        _, out, _ = command(capfd, "list", "--json", *where)
        assert [it["key"] for it in json.loads(out)] == [row[0] for row in rows]
        assert command(capfd, "again", rows[0][0], *where)[:2] == (0, "1 to be run again\n")
        assert command(capfd, "again", rows[0][0], *where)[0] == 1
        assert command(capfd, "again", "--all", *where)[1] == "2 to be run again\n"
        assert command(capfd, "list", "--state", "waiting", *where)[1].count("\n") == 4
        assert command(capfd, "list", *where)[:2] == (0, "")
        while (entry := inbox.take()) is not None:
            entry.finish()
        later(name, servers, inbox.keep + 1)
        assert command(capfd, "forget", *where)[1] == "4 forgotten\n"


def test_the_command_with_mistakes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ["list"],
        ["list", "--sqlite", str(tmp_path / "none.db")],
        ["again", "--sqlite", str(HERE / "conftest.py")],
        ["again", "zz", "--sqlite", "x"],
        ["list", "--sqlite", "x", "--postgres", "y"],
        ["shred", "--sqlite", "x"],
        ["list", "--postgres", "host=/nowhere password=hunter22 dbname=x"],
        ["list", "--sqlite", str(HERE / "conftest.py")],
    ):
        status, out, err = command(capfd, *words)
        assert (status, out) == (2, ""), words
        assert err.startswith("hookseal: ") and "hunter22" not in err and "Traceback" not in err
