"""What every store promises."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

import pytest

import hookseal
from hookseal import claims as c

from _claimed import SECRET, SQL, STORES, VERIFIER, Servers, delivery, later, opened, unbound

Named = tuple[str, Any]


def test_a_delivery_is_run_once(named: Named) -> None:
    store = named[1]
    run = store.claim(delivery())
    assert run.fence > 0
    busy = store.claim(delivery())
    assert isinstance(busy, c.Busy) and 30 <= busy.retry_after <= 60
    assert (busy.code, busy.status) == ("being_handled", 503)
    assert run.complete() is True
    done = store.claim(delivery())
    assert (done, done.code, done.status, done.retry_after) == (
        c.Done(), "already_handled", 200, None
    )  # fmt: skip
    assert [run.complete(), run.extend(), run.release()] == [False] * 3
    assert store.claim(delivery(2)).fence > 0


def test_what_failed_is_run_again(named: Named) -> None:
    """However often it fails, each retry is run, and the effect is there once."""
    name, store = named
    for failures in (0, 1, 5):
        fences = []
        for _ in range(failures):
            run = store.claim(delivery(failures))
            fences.append(run.fence)
            assert run.release() is True
        last = store.claim(delivery(failures))
        fences.append(last.fence)
        assert last.complete() is True
        assert store.claim(delivery(failures)) == c.Done()
        assert fences == sorted(set(fences)), name


def test_an_old_run_is_refused_after_a_take_over(named: Named, servers: Servers) -> None:
    name, store = named
    old = store.claim(delivery())
    later(name, servers, store, 30)
    assert isinstance(store.claim(delivery()), c.Busy)
    later(name, servers, store, 31)
    new = store.claim(delivery())
    assert new.fence > old.fence
    assert [old.complete(), old.extend(), old.release()] == [False] * 3
    assert isinstance(store.claim(delivery()), c.Busy)
    assert new.complete() is True
    assert [old.complete(), old.release()] == [False] * 2
    assert store.claim(delivery()) == c.Done()


def test_a_lease_that_ended_is_still_ours_until_another_takes_it(
    named: Named, servers: Servers
) -> None:
    name, store = named
    run = store.claim(delivery())
    later(name, servers, store, 61)
    assert run.extend(30) is True
    busy = store.claim(delivery())
    assert 1 <= busy.retry_after <= 30
    later(name, servers, store, 31)
    assert run.complete() is True


def test_another_body_under_the_same_id(named: Named, servers: Servers) -> None:
    name, store = named
    run = store.claim(delivery())
    conflict = store.claim(delivery(more="other"))
    assert (conflict, conflict.code, conflict.status) == (c.Conflict(False), "conflict", 503)
    later(name, servers, store, 61)
    assert store.claim(delivery(more="other")) == c.Conflict(False)  # also when the lease has ended
    assert run.complete() is True
    done = store.claim(delivery(more="other"))
    assert (done, done.code, done.status) == (c.Conflict(True), "conflict_after_done", 200)
    assert store.claim(delivery()) == c.Done()


def test_bodies_are_compared_to_their_last_byte(named: Named) -> None:
    """Digests with NUL in them too, of which every eighth is one."""
    with_nul = []
    for number in range(200):
        body = json.dumps({"id": f"evt_{number}", "n": number}).encode()
        if b"\0" in hashlib.sha256(body).digest():
            with_nul.append(VERIFIER.verify(body, hookseal.sign("stripe", SECRET, body)))
    assert len(with_nul) > 10
    for each in with_nul:
        run = named[1].claim(each)
        assert isinstance(named[1].claim(each), c.Busy)
        assert run.extend() and isinstance(named[1].claim(each), c.Busy)
        assert run.release() and named[1].claim(each).complete()
        assert named[1].claim(each) == c.Done()


def test_bodies_are_not_compared_where_retries_are_not_known(named: Named) -> None:
    """The key of a scheme that binds nothing is the body itself, so no two differ under it."""
    store = named[1]
    assert store.claim(unbound()).complete() is True
    assert store.claim(unbound()) == c.Done()
    assert store.claim(unbound("y")).fence > 0


def test_it_is_forgotten_after_keep_and_not_before(named: Named, servers: Servers) -> None:
    name, store = named
    run = store.claim(delivery())
    later(name, servers, store, 50)
    assert run.complete() is True  # and from now on it counts
    later(name, servers, store, store.keep - 40)
    assert store.claim(delivery()) == c.Done()
    later(name, servers, store, 41)
    again = store.claim(delivery(more="other"))
    assert again.fence > run.fence
    assert run.complete() is False


def test_what_is_forgotten_is_deleted(named: Named, servers: Servers) -> None:
    name, store = named
    for number in range(5):
        store.claim(delivery(number)).complete()
    assert store.forget() == 0
    later(name, servers, store, store.keep + 1)
    kept = store.claim(delivery("new"))
    deleted = [store.forget(3), store.forget(3)]
    assert deleted == ([0, 0] if "redis" in name else [3, 2])
    assert isinstance(store.claim(delivery("new")), c.Busy) and kept.complete()


@pytest.mark.parametrize("name", STORES)
def test_scopes_know_nothing_of_each_other(servers: Servers, name: str) -> None:
    with opened(name, servers, scope="a") as one:
        assert one.claim(delivery()).complete()
        if name == "memory":
            assert one.scope == b"a"
            return
        with opened(name, servers, scope=b"b") as other:
            assert other.claim(delivery()).fence > 0
        with opened(name, servers, scope=b"a") as same:
            assert same.claim(delivery()) == c.Done()


@pytest.mark.parametrize("bad", [{"id": "evt_1"}, b"{}", None, "evt_1", object()])
def test_only_a_delivery_can_be_claimed(named: Named, bad: Any) -> None:
    with pytest.raises(TypeError, match=r"only a hookseal\.Delivery"):
        named[1].claim(bad)
    with pytest.raises(TypeError, match=r"only a hookseal\.Delivery"):
        named[1].handle(bad, print)
    with pytest.raises(TypeError):
        hookseal.Delivery()


def test_handle_does_the_whole(named: Named) -> None:
    store = named[1]
    ran: list[str | None] = []

    def fails(it: hookseal.Delivery) -> None:
        ran.append(it.event_id)
        raise ValueError("no")

    def works(it: hookseal.Delivery) -> str:
        ran.append(it.event_id)
        inner.append(store.handle(delivery(), works))
        return "worked"

    inner: list[c.Handled[str]] = []
    with pytest.raises(ValueError, match="no"):
        store.handle(delivery(), fails)
    assert store.handle(delivery(), works) == c.Handled(None, 200, None, "worked")
    assert (inner[0].code, inner[0].status, inner[0].result) == ("being_handled", 503, None)
    assert store.handle(delivery(), works) == c.Handled("already_handled", 200)
    assert ran == ["evt_1", "evt_1"]


def test_handle_tells_of_a_lost_lease(named: Named, servers: Servers) -> None:
    name, store = named

    def slow(it: hookseal.Delivery) -> str:
        later(name, servers, store, 61)
        assert store.claim(delivery()).complete()
        return "late"

    assert store.handle(delivery(), slow) == c.Handled("lease_lost", 200, None, "late")


def test_a_scheme_that_binds_nothing_is_told_once(
    named: Named, caplog: pytest.LogCaptureFixture
) -> None:
    store = named[1]
    with caplog.at_level(logging.WARNING, "hookseal"):
        for number in range(3):
            store.claim(unbound(str(number)))
            store.claim(delivery(number))
    assert store.binds_nothing == {"github"}
    (record,) = caplog.records
    assert "nothing_bound" in record.getMessage() and "github" in record.getMessage()


def test_nothing_shown_has_a_key_or_a_digest(named: Named) -> None:
    store = named[1]
    key = delivery().replay_key(store.scope)
    run = store.claim(delivery())
    shown = repr(run) + repr(store.claim(delivery())) + repr(store)
    assert repr(key)[2:20] not in shown and key.hex() not in shown


@pytest.mark.parametrize("name", SQL)
def test_setup_may_be_called_by_all_at_once(servers: Servers, name: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    servers.fresh()

    def make(_: int) -> int:
        with opened(name, servers) as store:
            return int(store.forget())

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(make, range(8))) == [0] * 8
