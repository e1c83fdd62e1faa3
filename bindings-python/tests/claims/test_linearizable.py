"""P1: eight workers call a store at random, and what it answers fits one after the other."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from hookseal import claims as c

from _claimed import STORES, Clock, Servers, delivery, opened
from _history import Event, is_sequential

WORKERS, KEYS = 8, 12
CALLS = {"sqlite": 60, "async-postgres": 60, "postgres": 120}


def work(store: Any, expire: Any, seed: int, calls: int) -> list[tuple[int, Event]]:
    """Random calls, some with fences that are out of date."""
    chance, history = random.Random(seed), []
    given = {(k, b): delivery(k, b) for k in range(KEYS) for b in "ab"}
    runs: dict[int, list[Any]] = {key: [] for key in range(KEYS)}
    for _ in range(calls):
        key = chance.randrange(KEYS)
        asked, call = _choice(chance, runs[key], key)
        began = time.monotonic_ns()
        if asked[0] == "claim":
            claim = store.claim(given[key, asked[1]])
            came = _told(claim)
            if isinstance(came, int):
                runs[key].append(claim)
        else:
            came = expire(key) if asked[0] == "expire" else call()
        history.append((key, Event(began, time.monotonic_ns(), asked, came)))
    return history


def _choice(chance: random.Random, runs: list[Any], key: int) -> tuple[tuple[Any, ...], Any]:
    if runs and chance.random() < 0.5:
        run = chance.choice(runs[-3:])
        what = chance.choice(["complete", "release", "release", "release", "extend"])
        return (what, run.fence), getattr(run, what)
    if chance.random() < 0.25:
        return ("expire",), None
    return ("claim", "a" if chance.random() < 0.9 else "b"), None


def _told(claim: Any) -> Any:
    match claim:
        case c.Done():
            return "done"
        case c.Busy():
            return "busy"
        case c.Conflict():
            return ("conflict", claim.is_done)
    return claim.fence


def expires(name: str, servers: Servers, store: Any) -> Any:
    """Has the lease of a key end, in one step."""
    keys = [delivery(key).replay_key() for key in range(KEYS)]

    def memory(key: int) -> None:
        with store._lock:
            if keys[key] in store._all:
                store._all[keys[key]].lease_until = 0

    def sqlite(key: int) -> None:
        text = "UPDATE hookseal_claims SET lease_until = 0 WHERE key = :key"
        store._run(text, {"key": keys[key]})

    def postgres(key: int) -> None:
        with psycopg.connect(servers.postgres.dsn, autocommit=True) as connection:
            text = "UPDATE hookseal_claims SET lease_until = now() - INTERVAL '1 s' WHERE key = %s"
            connection.execute(text, [keys[key]])

    def redis(key: int) -> None:
        with servers.redis.client() as client:
            client.eval(EXPIRE, 1, b"hookseal:" + keys[key])

    return {"memory": memory, "sqlite": sqlite, "postgres": postgres, "redis": redis}[
        name.removeprefix("async-")
    ]


EXPIRE = """
local held = redis.call('GET', KEYS[1])
if held then
    local fence, ends, digest = string.match(held, '^(%d+):(%d+):(.*)$')
    if ends ~= '0' then redis.call('SET', KEYS[1], fence .. ':1:' .. digest, 'KEEPTTL') end
end
"""


def histories(store: Any, expire: Any, calls: int) -> list[list[Event]]:
    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(lambda seed: work(store, expire, seed, calls), range(WORKERS)))
    by_key: list[list[Event]] = [[] for _ in range(KEYS)]
    for key, event in (each for one in done for each in one):
        by_key[key].append(event)
    return by_key


@pytest.mark.parametrize("name", STORES)
def test_a_store_answers_as_if_one_after_the_other(servers: Servers, name: str) -> None:
    calls = CALLS.get(name, 200)
    with opened(name, servers, lease=1000) as store:
        found = histories(store, expires(name, servers, store), calls)
    assert sum(map(len, found)) == calls * WORKERS
    fences = [it.came for each in found for it in each if isinstance(it.came, int)]
    fences = [it for it in fences if not isinstance(it, bool)]
    assert len(fences) > KEYS
    assert all(map(is_sequential, found))
    for each in found:  # at most one run for each fence
        ran = [it.came for it in each if it.asked[0] == "claim" and isinstance(it.came, int)]
        assert len(ran) == len(set(ran))


class NoFence(c.MemoryClaims):
    """Drops the check of the fence."""

    def _settle(self, key: bytes, fence: int, *rest: Any) -> bool:
        held = self._all.get(key)
        return super()._settle(key, fence if held is None else held.fence, *rest)


class SetNx(c.MemoryClaims):
    """What is there once is never run again, whatever has become of it."""

    def _claim(self, known: Any) -> Any:
        return c.Done() if known.key in self._all else super()._claim(known)


class NoDigest(c.MemoryClaims):
    """Takes another body for the same delivery."""

    def _claim(self, known: Any) -> Any:
        return super()._claim(known._replace(digest=None))


class SameFence(c.MemoryClaims):
    """A take-over has the fence of the run before it."""

    def _claim(self, known: Any) -> Any:
        with self._lock:
            self._fence = 0
        return super()._claim(known)


@pytest.mark.parametrize("wrong", [NoFence, SetNx, NoDigest, SameFence])
def test_a_wrong_store_is_caught(wrong: type[c.MemoryClaims], servers: Servers) -> None:
    store = wrong(clock=Clock(), lease=1000)
    found = histories(store, expires("memory", servers, store), 200)
    assert not all(map(is_sequential, found))


def test_the_search_finds_an_order_and_refuses_none() -> None:
    """Two claims at once: either may be first, but one is; and none that ended is overtaken."""
    at_once = [Event(0, 10, ("claim", "a"), "busy"), Event(1, 9, ("claim", "a"), 5)]
    assert is_sequential(at_once)
    assert not is_sequential([at_once[0]._replace(ended=0), at_once[1]])
    assert not is_sequential([at_once[0]._replace(came=6), at_once[1]])
