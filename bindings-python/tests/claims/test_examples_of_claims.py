"""The examples as they are, each in a process of its own; killed, and started again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import psycopg

from hookseal import claims as c

from _claimed import Servers
from _deliveries import STRIPE_SECRET, by_stripe
from _servers import Server

EXAMPLES = Path(__file__).parents[2] / "examples"


@contextmanager
def process(path: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    kept |= {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(EXAMPLES)}
    started = subprocess.Popen(
        [sys.executable, "-W", "ignore", *words],
        cwd=path,
        env=kept | {"STRIPE_WEBHOOK_SECRET": STRIPE_SECRET} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    guard = Timer(120, started.kill)  # what says nothing is not waited for
    guard.start()
    try:
        yield started
    finally:
        guard.cancel()
        started.kill()
        started.communicate()


@contextmanager
def serving(path: Path, *words: str, **more: str) -> Iterator[Server]:
    with process(path, *words, **more) as started:
        assert started.stdout is not None
        for line in started.stdout:
            if found := re.search(r"http://127\.0\.0\.1:([1-9]\d*)", line):
                yield Server(int(found[1]))
                return
        raise AssertionError("it does not listen")


def test_it_is_handled_once_whatever_is_killed(tmp_path: Path) -> None:
    took = []
    for _ in range(2):
        with serving(tmp_path, "-m", "uvicorn", "--port", "0", "claims_app:app") as server:
            for _ in range(2):
                status, _, body = server.send(by_stripe())
                assert status == 200
                took.append(b"evt_1" in body)
            assert server.send(by_stripe().but(body=b"{}"))[0] == 401
    assert took == [True, False, False, False]


def test_it_is_handled_in_one_transaction(tmp_path: Path, servers: Servers) -> None:
    dsn = servers.postgres.dsn
    words = ("-m", "uvicorn", "--port", "0", "claims_within_app:app")
    with serving(tmp_path, *words, DATABASE_URL=dsn) as server:
        assert server.send(by_stripe())[0] == 503, "there is no table yet"
        with psycopg.connect(dsn) as connection:
            connection.execute(c.schema("postgresql"))
            connection.execute("CREATE TABLE ledger (event text UNIQUE)")
        assert [server.send(by_stripe())[0] for _ in range(3)] == [200] * 3
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT event FROM ledger").fetchall() == [("evt_1",)]


def test_it_is_stored_and_a_worker_runs_it(tmp_path: Path) -> None:
    words = ("-m", "flask", "--app", "inbox_app", "run", "--port", "0")
    with serving(tmp_path, *words) as server:
        assert [server.send(by_stripe())[::2] for _ in range(2)] == [(200, b"")] * 2
    with process(tmp_path, str(EXAMPLES / "inbox_app.py")) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "evt_1 invoice.paid\n"
