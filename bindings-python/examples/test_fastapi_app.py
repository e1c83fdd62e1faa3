"""pytest test_fastapi_app.py"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from hookseal.testing import Sign, secret_for


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", secret_for("stripe"))
    from fastapi_app import app

    yield TestClient(app)


def test_a_payment(client: TestClient, signed_delivery: Sign) -> None:
    event = {"id": "evt_1", "type": "invoice.paid"}
    delivery = signed_delivery("stripe", event, url="/stripe")
    assert delivery.post(client).json() == {"took": "evt_1", "type": "invoice.paid"}

    forged = replace(delivery, body=delivery.body.replace(b"evt_1", b"evt_2"))
    assert forged.post(client).status_code == 401
