"""Receivers with each kind of store; and what does not fit, is told, and never reaches a store."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from typing import Any

import pytest

import hookseal
from hookseal import claims as c
from hookseal.receive import Receiver

from _applications_of_claims import ASYNCHRONOUS, SERVERS
from _claimed import SECRET, Servers, delivery, opened, unbound
from _endpoint_of_claims import Endpoint, Served
from _servers import Server


# The event loop of a server ends with it, and the clients of that loop are not closed before.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", sorted(ASYNCHRONOUS))
@pytest.mark.parametrize("store", ["async-postgres", "async-redis", "postgres"])
def test_stores_that_wait(servers: Servers, name: str, store: str) -> None:
    """The asynchronous ones, and one that waits beside the event loop."""
    import redis.asyncio

    made: Any = {
        "async-postgres": lambda: c.AsyncPostgresClaims(servers.postgres.dsn),
        "async-redis": lambda: c.AsyncRedisClaims(
            redis.asyncio.Redis(unix_socket_path=servers.redis.socket)
        ),
        "postgres": lambda: c.PostgresClaims(servers.postgres.dsn),
    }[store]()
    with opened("postgres", servers):  # its table
        endpoint, (start, prefix) = Endpoint(claims=made), SERVERS[name]
    with start(endpoint) as port:
        served = Served(name, Server(port, prefix), endpoint)
        assert [served.send("1", "raise")[0] for _ in range(2)] == [500, 500]
        assert [served.send("2")[0] for _ in range(3)] == [200] * 3
        assert served.send("3", forged=True)[0] == 401
    assert endpoint.ran == ["evt_1", "evt_1", "evt_2"]
    if store == "postgres":
        made.close()
    if store == "async-postgres":
        asyncio.run(made.close())
    del made, endpoint, served
    gc.collect()


@pytest.mark.parametrize("name", SERVERS)
def test_an_inbox(servers: Servers, name: str) -> None:
    """Stored and answered; the handler is a worker's."""
    inbox = c.SqliteInbox(servers.file)
    inbox.setup()
    endpoint, (start, prefix) = Endpoint(claims=None, inbox=inbox), SERVERS[name]
    with start(endpoint) as port:
        served = Served(name, Server(port, prefix), endpoint)
        assert [served.send("1")[::2] for _ in range(2)] == [(200, b"")] * 2
        assert served.send("1", "other")[::2] == (503, b"")
        assert served.send("2", forged=True)[0] == 401
        assert [it.event_id for it in inbox.list("waiting")] == ["evt_1"]
        worker = c.Worker(inbox, lambda entry: endpoint.ran.append(entry.event_id))
        assert endpoint.ran == []
        assert [worker.run_once(), worker.run_once()] == [True, False]
        assert served.send("1", "other")[::2] == (200, b"")
    assert endpoint.ran == ["evt_1"]
    assert [code for code, _ in endpoint.told] == [
        "already_handled", "conflict", "conflict_after_done"
    ]  # fmt: skip
    inbox.close()


def test_forged_ones_do_nothing_at_real_stores(servers: Servers) -> None:
    import psycopg

    connected: list[Any] = []

    def connect() -> Any:
        connected.append(1)
        return psycopg.connect(servers.postgres.dsn)

    with servers.redis.client() as client:
        of_redis = c.RedisClaims(client)
        for store in (of_redis, c.PostgresClaims(connect)):
            receiver = Receiver("stripe", secret=SECRET, claims=store, on_refused=lambda *_: 0)
            client.config_resetstat()
            for number in range(500):
                body = b'{"id":"evt_%d"}' % number
                signed = hookseal.sign("stripe", SECRET + "no", body)
                headers = [(name.encode(), value.encode()) for name, value in signed.items()]
                answer = receiver.receive("POST", "/", headers, None, body)
                assert isinstance(answer, hookseal.Answer) and answer.status == 401
        assert set(client.info("commandstats")) <= {"cmdstat_config|resetstat", "cmdstat_info"}
        assert connected == []
        of_redis.claim(delivery())  # the control
        assert "cmdstat_evalsha" in client.info("commandstats")


def test_lambda() -> None:
    from hookseal.receive.aws_lambda import webhook

    endpoint = Endpoint()

    @webhook(endpoint.receiver)
    def handler(event: Any, context: Any, it: hookseal.Delivery) -> Any:
        status = endpoint.run(it)
        return {"statusCode": status} if status > 200 else None

    def send(more: str) -> dict[str, Any]:
        body = json.dumps({"id": f"evt_{more}", "type": "invoice.paid", "more": more})
        headers = dict(hookseal.sign("stripe", SECRET, body.encode()))
        context = {"http": {"method": "POST", "path": "/", "sourceIp": "192.0.2.1"}}
        event = {"version": "2.0", "requestContext": context, "rawPath": "/", "body": body}
        answered: dict[str, Any] = handler({**event, "headers": headers}, None)
        return answered

    assert [send("")["statusCode"] for _ in range(2)] == [200, 200]
    assert [send("503")["statusCode"] for _ in range(2)] == [503, 503]
    with pytest.raises(ZeroDivisionError):
        send("raise")
    assert send("store")["statusCode"] == 503
    assert send("store")["headers"]["retry-after"] == "5"
    endpoint.store.is_down = True
    assert send("new")["statusCode"] == 503
    assert endpoint.ran == ["evt_", "evt_503", "evt_503", "evt_raise", "evt_store", "evt_store"]


def test_where_nothing_is_awaited_a_store_is_none_that_is(servers: Servers) -> None:
    from hookseal.receive import aws_lambda, django, flask, wsgi

    store = c.AsyncPostgresClaims(servers.postgres.dsn)
    receiver = Receiver("stripe", secret=SECRET, claims=store)
    makers: list[Any] = [
        lambda: flask.webhook(receiver),
        lambda: aws_lambda.webhook(receiver),
        lambda: wsgi.DeliveryMiddleware(lambda *_: [], {"/": receiver}),
        lambda: django.webhook(receiver)(lambda *_: None),
    ]
    for make in makers:
        with pytest.raises(TypeError, match="asynchronous"):
            make()


def test_a_store_that_does_not_fit() -> None:
    def made(**options: Any) -> Receiver:
        return Receiver(**{"provider": "stripe", "secret": SECRET} | options)

    with pytest.raises(ValueError, match="keep is 599 seconds"):
        made(claims=c.MemoryClaims(keep=599))
    assert made(claims=c.MemoryClaims(keep=600)).store is not None
    with pytest.raises(ValueError, match="fresh for 900"):
        made(claims=c.MemoryClaims(keep=899), tolerance=600)
    with pytest.raises(ValueError, match="fresh for 400"):
        made(claims=c.MemoryClaims(keep=399), future_tolerance=100)
    assert made(provider="github", claims=c.MemoryClaims(lease=1, keep=2)).store is not None
    with pytest.raises(TypeError, match="not both"):
        made(claims=c.MemoryClaims(), inbox=c.SqliteInbox("inbox.db"))
    for wrong in ({"claims": c.SqliteInbox("inbox.db")}, {"inbox": c.MemoryClaims()}):
        with pytest.raises(TypeError, match="is a"):
            made(**wrong)
    with pytest.raises(TypeError, match="is a store"):
        made(claims={})


def test_the_log_tells_it_without_a_byte_of_the_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = Endpoint().store
    receiver = Receiver("stripe", secret=SECRET, claims=store)
    with caplog.at_level(logging.DEBUG, "hookseal"):
        begun = receiver.begin(delivery(1))
        assert not isinstance(begun, hookseal.Answer)
        assert isinstance(receiver.begin(delivery(1)), hookseal.Answer)
        assert isinstance(receiver.begin(delivery(1, "other")), hookseal.Answer)
        begun.finish(True)
        begun.finish(False)  # once is enough
        assert isinstance(receiver.begin(delivery(1)), hookseal.Answer)
        store.is_down = True
        assert isinstance(receiver.begin(delivery(2)), hookseal.Answer)
    levels = [(it.levelname, it.getMessage().split(": ")[1]) for it in caplog.records]
    assert levels == [
        ("INFO", "being_handled"),
        ("WARNING", "conflict"),
        ("INFO", "already_handled"),
        ("WARNING", "store_unavailable"),
    ]
    whole = "".join(it.getMessage() for it in caplog.records)
    assert "(ConnectionError)" in whole
    assert "evt_1" not in whole and "a host" not in whole and "invoice" not in whole


def test_what_on_outcome_raises_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    receiver = Receiver("stripe", secret=SECRET, claims=c.MemoryClaims(), on_outcome=breaks)
    receiver.begin(delivery())
    answer = receiver.begin(delivery())
    assert isinstance(answer, hookseal.Answer) and answer.status == 503
    assert "on_outcome failed" in caplog.text


def test_a_scheme_that_binds_nothing() -> None:
    receiver = Receiver("github", secret=SECRET, claims=(store := c.MemoryClaims()))
    assert not isinstance(receiver.begin(unbound()), hookseal.Answer)
    assert store.binds_nothing == {"github"}
