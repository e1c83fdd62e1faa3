"""Receivers with a store, over HTTP: verify, claim, run, complete or release, answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hookseal import claims as c

from _applications_of_claims import SERVERS
from _claimed import delivery
from _endpoint_of_claims import Endpoint, Served
from _servers import Server

@pytest.fixture(scope="module", params=SERVERS)
def running_application(request: pytest.FixtureRequest) -> Iterator[Served]:
    start, prefix = SERVERS[request.param]
    endpoint = Endpoint()
    with start(endpoint) as port:
        yield Served(request.param, Server(port, prefix), endpoint)


@pytest.fixture
def served(running_application: Served) -> Served:
    it = running_application.it
    it.store._all.clear()
    it.store.is_down, it.store.asked = False, 0
    it.ran.clear()
    it.told.clear()
    return running_application


def test_it_is_handled_once(served: Served) -> None:
    assert served.send("1")[0] == 200
    again = served.send("1")
    assert (again[0], again[2]) == (200, b"")
    assert served.it.ran == ["evt_1"]
    assert served.it.told == [("already_handled", "evt_1")]


@pytest.mark.parametrize("more", ["raise", "500", "404", "409"])
def test_what_failed_is_run_again(served: Served, more: str) -> None:
    """Raised or answered: the claim is released, and the answer is the handler's own."""
    for times in (1, 2, 3):
        status = served.send("1", more)[0]
        assert status == (500 if more == "raise" else int(more))
        assert served.it.ran == ["evt_1"] * times
        assert served.it.told == [("handler_failed", "evt_1")] * times
    run = served.it.store.claim(delivery(1, more))
    assert isinstance(run, c.Lease)


@pytest.mark.parametrize("status", [201, 202, 302])
def test_what_is_answered_2xx_or_3xx_is_handled(served: Served, status: int) -> None:
    assert served.send("1", str(status))[0] == status
    assert served.send("1", str(status))[0] == 200
    assert served.it.ran == ["evt_1"]


def test_it_is_being_handled(served: Served) -> None:
    run = served.it.store.claim(delivery(1))
    assert isinstance(run, c.Lease)
    status, headers, body = served.send("1")
    assert (status, headers["retry-after"], body) == (503, "60", b"")
    assert (served.it.ran, served.it.told) == ([], [("being_handled", "evt_1")])
    assert run.release()
    assert served.send("1")[0] == 200


def test_another_body(served: Served) -> None:
    run = served.it.store.claim(delivery(1))
    status, headers, body = served.send("1", "other")
    assert (status, "retry-after" in headers, body) == (503, False, b"")
    assert isinstance(run, c.Lease) and run.complete()
    assert served.send("1", "other")[::2] == (200, b"")
    assert served.it.ran == []
    assert served.it.told == [("conflict", "evt_1"), ("conflict_after_done", "evt_1")]


def test_a_store_that_is_down(served: Served) -> None:
    served.it.store.is_down = True
    status, headers, body = served.send("1")
    assert (status, headers["retry-after"], body) == (503, "5", b"")
    assert (served.it.ran, served.it.told) == ([], [("store_unavailable", "evt_1")])


def test_a_store_that_is_full(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.it.store, "cap", 1)
    assert served.send("1")[0] == 200
    status, headers, body = served.send("2")
    assert (status, headers["retry-after"], body) == (503, "5", b"")
    assert served.it.told == [("store_full", "evt_2")]
    assert served.send("1")[0] == 200 and served.it.ran == ["evt_1"]


def test_a_store_that_goes_down_while_it_is_handled(served: Served) -> None:
    """The effect is there, so the provider need not come again."""
    assert served.send("1", "down")[0] == 200
    assert served.it.told == [("store_unavailable", "evt_1")]


def test_a_store_of_the_handlers_own(served: Served) -> None:
    """As `claim_within` in the handler's transaction."""
    status, headers, body = served.send("1", "store")
    assert (status, headers["retry-after"], body) == (503, "5", b"")
    assert ("store_unavailable", "evt_1") in served.it.told
    assert isinstance(served.it.store.claim(delivery(1, "store")), c.Lease)


def test_a_handler_that_outlives_its_lease(served: Served) -> None:
    assert served.send("1", "late")[0] == 200
    assert served.it.told == [("lease_lost", "evt_1")]


def test_what_is_forged_never_reaches_the_store(served: Served) -> None:
    for number in range(50):
        assert served.send(str(number), forged=True)[0] == 401
    assert (served.it.store.asked, served.it.ran, served.it.told) == (0, [], [])
    assert served.send("1")[0] == 200
    assert served.it.store.asked == 2, "the control: a claim, and that it is complete"
