"""A process of its own: claims the same deliveries as others, or is stopped while it has one.

Arguments: what to do, the store, its place; then numbers."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from random import shuffle
from typing import Any

import redis

import hookseal
from hookseal import claims as c


def store_of(name: str, place: str) -> Any:
    if name == "sqlite":
        return c.SqliteClaims(place)
    if name == "postgres":
        return c.PostgresClaims(place)
    return c.RedisClaims(redis.Redis(unix_socket_path=place))


def deliveries(count: int) -> list[hookseal.Delivery]:
    from _claimed import delivery

    return [delivery(number) for number in range(count)]


def race(store: Any, count: str) -> None:
    """Four threads claim each delivery as soon as there is a line; printed is which were run."""
    warm, *given = deliveries(1 + int(count))
    store.claim(warm)
    print("ready", flush=True)
    sys.stdin.readline()

    def claim(_: int) -> list[int]:
        mine = list(enumerate(given))
        shuffle(mine)
        return [at for at, it in mine if isinstance(store.claim(it), c.Run)]

    with ThreadPoolExecutor(4) as pool:
        print(*[at for ran in pool.map(claim, range(4)) for at in ran])


def stall(store: Any) -> None:
    """Claims, waits for a line, and tells whether it could still complete, extend and release."""
    run = store.claim(deliveries(1)[0])
    print(run.fence, flush=True)
    sys.stdin.readline()
    print(run.complete(), run.extend(), run.release(), flush=True)


if __name__ == "__main__":
    doing, name, place, *rest = sys.argv[1:]
    {"race": race, "stall": stall}[doing](store_of(name, place), *rest)
