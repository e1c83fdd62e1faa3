"""Inboxes: what was answered 2xx is known, given to one worker at a time, and kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from hookseal import claims as c

from _claimed import SQL, Servers, delivery, unbound
from _inboxes import later, opened


@pytest.fixture(params=SQL)
def inbox(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Any]:
    with opened(request.param, servers) as made:
        made.__dict__["later"] = lambda seconds: later(request.param, servers, seconds)
        yield made


def test_what_is_put_is_taken(inbox: Any) -> None:
    it = delivery()
    assert inbox.put(it) == c.Stored()
    assert inbox.put(delivery()) == c.Done()
    assert inbox.put(delivery(more="other")) == c.Conflict(False)
    entry = inbox.take()
    assert (entry.body, entry.scheme, entry.event_id) == (it.body, "stripe", "evt_1")
    assert (entry.event_type, entry.sent_at, entry.tries) == ("invoice.paid", it.sent_at, 1)
    assert (entry.key, entry.json()) == (it.replay_key(), it.json())
    assert abs(entry.received_at.timestamp() - it.sent_at.timestamp()) < 60
    assert inbox.take() is None
    assert inbox.put(delivery()) == c.Done()
    assert entry.finish() is True
    assert [entry.finish(), entry.fail("x"), entry.extend()] == [False] * 3
    assert inbox.put(delivery()) == c.Done()
    assert inbox.put(delivery(more="other")) == c.Conflict(True)
    assert inbox.list("done")[0].event_id == "evt_1"


def test_what_has_little_to_say(inbox: Any) -> None:
    assert inbox.put(unbound()) == c.Stored()
    entry = inbox.take()
    assert (entry.event_type, entry.sent_at, entry.body) == (None, None, b'{"text": "x"}')
    assert inbox.binds_nothing == {"github"}
    for bad in (None, b"{}", {"id": "evt_1"}):
        with pytest.raises(TypeError, match=r"only a hookseal\.Delivery"):
            inbox.put(bad)


def test_a_worker_that_died_leaves_its_entry_to_the_next(inbox: Any) -> None:
    inbox.put(delivery())
    old = inbox.take()
    inbox.later(30)
    assert inbox.take() is None and old.extend() is True
    inbox.later(61)
    new = inbox.take()
    assert (new.tries, new.fence > old.fence) == (2, True)
    assert [old.finish(), old.fail("x", delay=1), old.extend()] == [False] * 3
    assert new.finish() is True


def test_what_fails_waits_and_is_kept(inbox: Any) -> None:
    inbox.put(delivery())
    entry = inbox.take()
    assert entry.fail(ValueError("its text is not kept"), delay=30) is True
    assert inbox.take() is None and inbox.failed() == []
    assert [it.trouble for it in inbox.list("waiting")] == ["ValueError"]
    inbox.later(31)
    entry = inbox.take()
    assert entry.tries == 2 and entry.fail("Gone") is True
    (failed,) = inbox.failed()
    assert (failed.key, failed.trouble, failed.tries) == (entry.key, "Gone", 2)
    inbox.later(365 * 86400)
    assert inbox.forget() == 0 and inbox.take() is None
    assert inbox.put(delivery()) == c.Done()
    assert inbox.again(failed.key) is True and inbox.again(failed.key) is False
    entry = inbox.take()
    assert entry.tries == 1 and entry.finish()
    assert inbox.again(failed.key) is False


def test_it_is_forgotten_after_keep(inbox: Any) -> None:
    inbox.put(delivery())
    inbox.put(delivery("waits"))
    first, _ = inbox.take(), inbox.take()
    inbox.later(100)
    assert first.finish()
    inbox.later(inbox.keep - 40)
    assert inbox.forget() == 0 and inbox.put(delivery()) == c.Done()
    inbox.later(41)
    assert inbox.put(delivery(more="other")) == c.Stored()
    inbox.take().finish()
    inbox.take().finish()
    inbox.later(inbox.keep + 1)
    assert inbox.forget() == 2


@pytest.mark.parametrize("name", SQL)
def test_each_is_taken_by_one(servers: Servers, name: str) -> None:
    with opened(name, servers) as inbox:
        for number in range(40):
            inbox.put(delivery(number))

        def take(_: int) -> list[str]:
            taken = []
            while (entry := inbox.take()) is not None:
                taken.append(entry.event_id)
                assert entry.finish()
            return taken

        with ThreadPoolExecutor(6) as pool:
            taken = [it for each in pool.map(take, range(6)) for it in each]
        assert sorted(taken) == sorted(f"evt_{number}" for number in range(40))


def test_an_entry_that_is_put_again_is_not_forgotten(servers: Servers) -> None:
    """A deletion that waits for a row looks at it again before it goes."""
    with opened("postgres", servers) as inbox:
        inbox.put(delivery())
        inbox.take().finish()
        later("postgres", servers, inbox.keep + 1)
        with psycopg.connect(servers.postgres.dsn) as first, ThreadPoolExecutor(1) as pool:
            pooled = c.PostgresInbox(_Once(first))  # type: ignore[arg-type]
            assert pooled.put(delivery()) == c.Stored()
            forgotten = pool.submit(inbox.forget)
            time.sleep(0.3)
            first.commit()
            assert forgotten.result(10) == 0
        assert inbox.take().finish()


class _Once:
    """A pool of one connection, whose transaction stays open."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.getconn = None

    @contextmanager
    def connection(self) -> Iterator[Any]:
        yield self._connection
