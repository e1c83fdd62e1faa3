"""The pytest plugin. It imports nothing that a test has not asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing._delivery import Sign


@pytest.fixture
def signed_delivery() -> Sign:
    """Signs a delivery as its provider does: `signed_delivery("stripe", {...}, url="/stripe")`.

    `.post(client)` of what it gives sends it to a test client of Starlette, FastAPI, Django, Flask
    or aiohttp, or to a callable of yours. See `hookseal.testing.sign_delivery`.
    """
    from .testing._delivery import sign_delivery

    return sign_delivery
