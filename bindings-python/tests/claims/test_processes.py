"""Many threads and processes at one store: exactly one runs a delivery, by the store's clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hookseal import claims as c

from _claimed import STORES, Servers, delivery, later, opened

HERE = Path(__file__).parent


def place(name: str, servers: Servers) -> str:
    places = {"sqlite": str(servers.file), "postgres": servers.postgres.dsn}
    return places.get(name, servers.redis.socket)


def start(doing: str, name: str, servers: Servers, *rest: object, before: Any = ()) -> Any:
    script = [sys.executable, str(HERE / "_process_of_claims.py"), doing, name]
    return subprocess.Popen(
        [*before, *script, place(name, servers), *map(str, rest)],
        env={**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", ["sqlite", "postgres", "redis"])
def test_of_all_that_claim_at_once_one_runs(servers: Servers, name: str) -> None:
    count = 60
    for _ in range(4):
        said = race(name, servers, count)
        ran = sorted(int(each) for each in " ".join(said).split())
        assert ran == list(range(count))
        if sum(bool(each.strip()) for each in said) > 1:
            return
        servers.fresh()  # on a busy machine one may be done before the others are awake
    pytest.fail("one process was there alone each time")


def race(name: str, servers: Servers, count: int) -> list[str]:
    """What three processes say that they have run."""
    with opened(name, servers):
        processes = [start("race", name, servers, count) for _ in range(3)]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 3
    return said


@pytest.mark.parametrize("name", STORES)
def test_of_all_threads_one_runs(servers: Servers, name: str) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    barrier = Barrier(8)
    given = [delivery(number) for number in range(25)]
    with opened(name, servers) as store:

        def claim(_: int) -> list[int]:
            barrier.wait()
            return [at for at, it in enumerate(given) if hasattr(store.claim(it), "fence")]

        with ThreadPoolExecutor(8) as pool:
            ran = [at for each in pool.map(claim, range(8)) for at in each]
    assert sorted(ran) == list(range(25))


def test_a_store_that_asks_and_then_notes_is_caught() -> None:
    """The control of the two above."""
    from concurrent.futures import ThreadPoolExecutor

    class TwoSteps(c.MemoryClaims):
        def _claim(self, known: Any) -> Any:
            found = known.key in self._all
            time.sleep(0.005)
            if found:
                return c.Busy(1)
            self._all.pop(known.key, None)
            return super()._claim(known)

    store, it = TwoSteps(), delivery()
    with ThreadPoolExecutor(8) as pool:
        ran = [isinstance(each, c.Run) for each in pool.map(lambda _: store.claim(it), range(8))]
    assert sum(ran) > 1


@pytest.mark.parametrize("name", ["sqlite", "postgres", "redis"])
def test_a_worker_that_was_stopped_past_its_lease(servers: Servers, name: str) -> None:
    with opened(name, servers) as store:
        process = start("stall", name, servers)
        old = int(process.stdout.readline())
        process.send_signal(signal.SIGSTOP)
        assert isinstance(store.claim(delivery(0)), c.Busy)
        later(name, servers, store, 61)
        new = store.claim(delivery(0))
        assert new.fence > old
        process.send_signal(signal.SIGCONT)
        said, _ = process.communicate("go\n", timeout=20)
        assert said.split() == ["False"] * 3
        assert isinstance(store.claim(delivery(0)), c.Busy)
        assert new.complete() is True


@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_the_clock_of_a_worker_counts_for_nothing(
    servers: Servers, name: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also not for the fence, nor for what is kept."""
    with opened(name, servers) as store:
        run = store.claim(delivery())
        it, other = delivery(), delivery(2)
        real = time.time
        for clock in ("time", "monotonic", "perf_counter"):
            now = getattr(time, clock)
            monkeypatch.setattr(time, clock, lambda now=now: now() + hours * 3600)
        assert abs(time.time() - real() - hours * 3600) < 5
        busy = store.claim(it)
        assert 30 <= busy.retry_after <= 60
        skewed = store.claim(other)
        monkeypatch.undo()
        assert 30 <= store.claim(other).retry_after <= 60
        assert abs(skewed.fence - run.fence) < 60_000
        assert run.complete() and store.claim(it) == c.Done()
