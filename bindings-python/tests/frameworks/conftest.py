"""The modules of these tests, and Django's settings, which must be there before its modules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import _applications

_applications.configure_django()

import _endpoints  # noqa: E402
from _servers import SERVERS, Server  # noqa: E402


@pytest.fixture(scope="module", params=SERVERS)
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, Server]]:
    """A running server, and its name."""
    start, prefix = SERVERS[request.param]
    with start() as port:
        yield request.param, Server(port, prefix)


@pytest.fixture
def refused() -> Iterator[list[tuple[str, _endpoints.Capture]]]:
    """What the receivers report while a test runs."""
    _endpoints.refused.clear()
    yield _endpoints.refused  # type: ignore[misc]
    _endpoints.refused.clear()
