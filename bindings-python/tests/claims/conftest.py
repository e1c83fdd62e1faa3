"""The servers of these tests, once for all of them, and the modules beside."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "frameworks")]

from _claimed import STORES, Servers, opened  # noqa: E402
from _servers_of_claims import postgres_server, redis_server  # noqa: E402


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with postgres_server() as postgres, redis_server() as redis:
        yield Servers(postgres, redis, tmp_path_factory.mktemp("claims"))


@pytest.fixture
def servers(running: Servers) -> Servers:
    """With nothing in them."""
    running.fresh()
    return running


@pytest.fixture(params=STORES)
def named(request: pytest.FixtureRequest, servers: Servers) -> Iterator[tuple[str, Any]]:
    """Each store, with its name."""
    with opened(request.param, servers) as store:
        yield request.param, store
