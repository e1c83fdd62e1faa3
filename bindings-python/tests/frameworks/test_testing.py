"""`SignedDelivery.post` with the test client of each framework."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient as AiohttpClient
from aiohttp.test_utils import TestServer
from django.test import AsyncClient as DjangoAsyncClient
from django.test import Client as DjangoClient
from starlette.testclient import TestClient as StarletteClient
from werkzeug.test import Client as WerkzeugClient

import _applications
from _deliveries import META_SECRET, ORIGIN, STANDARD_SECRET, STRIPE_SECRET, TWILIO_SECRET
from _endpoints import digest
from hookseal import PUBLIC_MESSAGE
from hookseal.testing import SignedDelivery, sign_delivery

Send = Callable[[SignedDelivery], tuple[int, str]]


def by_starlette(delivery: SignedDelivery) -> tuple[int, str]:
    answer = delivery.post(StarletteClient(_applications.fastapi_application()))
    return answer.status_code, answer.text


def by_django(delivery: SignedDelivery) -> tuple[int, str]:
    answer = delivery.post(DjangoClient(enforce_csrf_checks=True))
    return answer.status_code, answer.content.decode()


def by_async_django(delivery: SignedDelivery) -> tuple[int, str]:
    async def send() -> tuple[int, str]:
        answer = await delivery.post(DjangoAsyncClient())
        return answer.status_code, answer.content.decode()

    return asyncio.run(send())


def by_flask(delivery: SignedDelivery) -> tuple[int, str]:
    answer = delivery.post(_applications.flask_application().test_client())
    return answer.status_code, answer.text


def by_werkzeug(delivery: SignedDelivery) -> tuple[int, str]:
    answer = delivery.post(WerkzeugClient(_applications.wsgi_application()))
    return answer.status_code, answer.text


def by_aiohttp(delivery: SignedDelivery) -> tuple[int, str]:
    async def send() -> tuple[int, str]:
        async with AiohttpClient(TestServer(_applications.aiohttp_application())) as client:
            answer = await delivery.post(client)
            return answer.status, await answer.text()

    return asyncio.run(send())


CLIENTS: list[Send] = [by_starlette, by_django, by_async_django, by_flask, by_werkzeug, by_aiohttp]


@pytest.mark.parametrize("send", CLIENTS)
@pytest.mark.parametrize(
    ("provider", "secret", "path", "body"),
    [
        ("stripe", STRIPE_SECRET, "/stripe", {"id": "evt_1", "name": "Zoë"}),
        ("standard-webhooks", STANDARD_SECRET, "/standard", b"\x00\xff raw"),
        ("meta", META_SECRET, "/meta", "text"),
        ("twilio", TWILIO_SECRET, "/twilio?a=b%20c", {"From": "+1 2", "To": "Zoë"}),
    ],
    ids=["stripe", "standard", "meta", "twilio"],
)
def test_it_is_taken(send: Send, provider: str, secret: str, path: str, body: object) -> None:
    origin = ORIGIN if provider == "twilio" else ""
    delivery = sign_delivery(provider, body, secret=secret, url=origin + path)  # type: ignore[arg-type]
    status, text = send(delivery)
    assert status == 200, text
    assert text.startswith(f"{provider} ") and digest(delivery.body) in text
    forged = replace(delivery, body=delivery.body + b" ")
    assert send(forged) == (401, PUBLIC_MESSAGE)
