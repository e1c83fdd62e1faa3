"""Nothing leaks, and threads do not hinder each other."""

import gc
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import hookseal
from support import NOW, code_of, signed, verifier

MILLION = 1_000_000


def resident():
    """Bytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def growth(call, times):
    """By how much memory grows over many calls, the first few apart."""
    for _ in range(10_000):
        call()
    gc.collect()
    before = resident()
    for _ in range(times):
        call()
    gc.collect()
    return resident() - before


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def calls():
    """Each way through the native half, with how often it is run."""
    made = verifier("standard-webhooks")
    body, headers = b'{"id":"evt_1"}', signed("standard-webhooks", b'{"id":"evt_1"}')
    pairs = list(headers.items())
    scheme = hookseal.Scheme(name="acme", base="stripe")

    def everything():
        delivery = made.verify(body, headers, now=NOW)
        return (
            delivery.event_id,
            delivery.sent_at,
            delivery.bound,
            delivery.replay_key(),
            delivery.json(),
        )

    def mistake():
        try:
            made.verify({}, headers, now=NOW)
        except TypeError:
            pass

    yield "verify", lambda: made.verify(body, headers, now=NOW), MILLION
    yield "refuse", lambda: code_of(made.verify, b"", headers, now=NOW), MILLION // 4
    yield "pairs", lambda: made.verify(bytearray(body), pairs, now=NOW), MILLION // 10
    yield "everything", everything, MILLION // 10
    yield "mistake", mistake, MILLION // 10
    yield "verifier", lambda: hookseal.Verifier(scheme, "x" * 20), MILLION // 20
    yield "scheme", lambda: hookseal.Scheme(name="acme", base="stripe", checks=[]), MILLION // 50
    yield "sign", lambda: signed("stripe"), MILLION // 20


LIMIT = 1 << 20
"""Less than a leak in every call would be: 16 bytes of a million, a scheme of 20,000."""


@on_linux
@pytest.mark.parametrize("name, call, times", [pytest.param(*it, id=it[0]) for it in calls()])
def test_nothing_leaks(name, call, times):
    assert growth(call, times) < LIMIT, name


@on_linux
def test_a_leak_would_be_seen():
    """The control: deliveries that are kept."""
    kept = []
    made, headers = verifier("github"), signed("github")
    assert growth(lambda: kept.append(made.verify(b"{}", headers)), 50_000) > LIMIT


def test_no_reference_is_left_over():
    body, headers = bytes(b'{"id":"evt_%d"}' % NOW), signed("stripe", b'{"id":"evt_%d"}' % NOW)
    made = verifier("stripe")
    held = [body, headers, made, *headers.values()]

    def counts():
        return [sys.getrefcount(it) for it in held]

    before = counts()
    for _ in range(1000):
        delivery = made.verify(body, headers, now=NOW)
        delivery.body, delivery.event_id, delivery.json(), delivery.bound, delivery.sent_at
        code_of(made.verify, b"{}", headers, now=NOW)
        with pytest.raises(TypeError):
            made.verify(None, headers)
    # The last delivery holds its body, and the verifier whose row it reads.
    assert counts() == [before[0] + 1, before[1], before[2] + 1, *before[3:]]
    del delivery
    assert counts() == before


def test_threads_in_parallel():
    made = verifier("github")
    bodies = [
        bytes([byte]) * size for byte, size in zip(range(16), [10, 1000, 20_000, 300_000] * 4)
    ]
    sent = [(body, signed("github", body)) for body in bodies]

    def work(seed):
        for step in range(200):
            body, headers = sent[(seed + step) % len(sent)]
            other = sent[(seed + step + 1) % len(sent)][1]
            assert made.verify(body, headers).body is body
            assert code_of(made.verify, body, other) == "signature_mismatch"
        return seed

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(work, range(8))) == list(range(8))


class Ticking:
    """A thread that counts how often it gets to run."""

    def __enter__(self):
        self.interval, self.ticks, self.stop = sys.getswitchinterval(), 0, False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        sys.setswitchinterval(100)  # nobody is made to give up the lock
        return self

    def run(self):
        while not self.stop:
            time.sleep(0.0002)
            self.ticks += 1

    def during(self, call):
        before = self.ticks
        call()
        return self.ticks - before

    def __exit__(self, *_):
        sys.setswitchinterval(self.interval)
        self.stop = True
        self.thread.join()


def test_a_large_body_lets_other_threads_run():
    body = bytes(16 << 20)
    made, headers = verifier("github"), signed("github", body)
    with Ticking() as ticking:
        assert ticking.during(lambda: made.verify(body, headers)) > 0
        if getattr(sys, "_is_gil_enabled", lambda: True)():
            assert ticking.during(lambda: sum(range(3_000_000))) == 0  # the control
