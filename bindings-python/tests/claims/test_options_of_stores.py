"""Options and sources that promise nothing are refused where a store is made."""

from __future__ import annotations

from typing import Any

import pytest

from hookseal import claims as c

from _claimed import Servers, delivery

Named = tuple[str, Any]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"lease": 0}, ValueError),
        ({"keep": 0}, ValueError),
        ({"lease": -1}, ValueError),
        ({"lease": 60, "keep": 60}, ValueError),
        ({"lease": 1 << 32}, ValueError),
        ({"lease": 1.5}, TypeError),
        ({"lease": True}, TypeError),
        ({"keep": "7 days"}, TypeError),
        ({"scope": 1}, TypeError),
    ],
)
def test_options_that_promise_nothing(options: dict[str, Any], error: type[Exception]) -> None:
    makers: list[Any] = [c.MemoryClaims]
    makers += [lambda **it: c.SqliteClaims("claims.db", **it)]
    makers += [lambda **it: c.PostgresClaims("", **it), lambda **it: c.RedisClaims(_Client(), **it)]
    makers += [lambda **it: c.AsyncPostgresClaims("", **it), lambda **it: c.SqliteInbox("i", **it)]
    makers += [lambda **it: c.AsyncRedisClaims(_Client(), **it)]
    for make in makers:
        with pytest.raises(error):
            make(**options)


class _Client:
    def evalsha(self, *_: object) -> None: ...
    def eval(self, *_: object) -> None: ...


def test_a_lease_is_not_extended_beyond_keep(named: Named) -> None:
    run = named[1].claim(delivery())
    for seconds in (0, named[1].keep):
        with pytest.raises(ValueError, match="lease"):
            run.extend(seconds)
    assert run.complete() is True


def test_sources_that_are_none(servers: Servers) -> None:
    for bad in (":memory:", "", "file:a?mode=memory"):
        with pytest.raises(ValueError, match="a file is meant"):
            c.SqliteClaims(bad)
    for make in (c.PostgresClaims, c.AsyncPostgresClaims):
        with pytest.raises(TypeError, match="a pool"):
            make(7)  # type: ignore[type-var]
    with pytest.raises(TypeError, match="a client of Redis"):
        c.RedisClaims("redis://localhost")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="databases"):
        c.schema("mysql")  # type: ignore[arg-type]
