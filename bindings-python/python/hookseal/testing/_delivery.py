"""A delivery as a provider sends it, and how it gets to a test client."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from .. import Scheme, read_capture
from .._outgoing import sign_outgoing
from .._python import pairs, row_of
from ._secrets import pair_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from .. import Now, Provider

    Payload: TypeAlias = bytes | str | Mapping[str, Any] | Sequence[Any]

EVENT = {"id": "evt_test", "type": "test"}
"""What is sent unless a body is given."""

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class SignedDelivery:
    """A request that verifies. `dataclasses.replace` makes a forged one of it."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def target(self) -> str:
        """Path and query of the URL."""
        rest = self.url.partition("://")[2]
        if not rest:
            return self.url
        return rest[rest.find("/") :] if "/" in rest else "/"

    def post(self, client: Any, path: str | None = None) -> Any:
        """Sends it to a test client, and gives what the client gives; `await` that of aiohttp, of
        Django's `AsyncClient` and of httpx's.

        `client` is a test client of Starlette, FastAPI, Django, Flask or aiohttp, or a callable
        that takes method, path, headers and body. `path` is where your endpoint is, if that is not
        what the URL says.
        """
        target, headers = path or self.target, dict(self.headers)
        if hasattr(client, "generic"):  # Django
            kind = headers.pop("content-type")
            return client.generic(self.method, target, self.body, kind, headers=headers)
        if hasattr(client, "open"):  # Flask, Werkzeug
            return client.open(target, method=self.method, data=self.body, headers=headers)
        if hasattr(client, "request"):
            is_aiohttp = type(client).__module__.partition(".")[0] == "aiohttp"
            data = {"data" if is_aiohttp else "content": self.body}
            return client.request(self.method, target, headers=headers, **data)
        if callable(client):
            return client(self.method, target, headers, self.body)
        raise TypeError(f"a test client, or a callable, is meant, not {type(client).__name__}")


class Sign(Protocol):
    """The type of `sign_delivery`, and of the fixture `signed_delivery`."""

    def __call__(
        self,
        provider: Provider | Scheme,
        body: Payload = EVENT,
        *,
        secret: str | bytes | None = None,
        url: str = "/",
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        event_id: str | None = "evt_test",
        now: Now | None = None,
    ) -> SignedDelivery: ...


def sign_delivery(
    provider: Provider | Scheme,
    body: Payload = EVENT,
    *,
    secret: str | bytes | None = None,
    url: str = "/",
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    event_id: str | None = "evt_test",
    now: Now | None = None,
) -> SignedDelivery:
    """Signs a delivery as its provider does, under `secret_for(provider)` or your own test secret.

    A body that is no bytes or text is written as JSON, or as a form where the scheme reads one.
    `url` is the path of your endpoint; where the provider signs the URL, the whole public address.
    `headers` are sent, and signed where the scheme signs them. `event_id` is used where the
    provider sends it in a header.

    A signature that the provider puts into the body or the URL is put there. Where the time, or
    another field, is read from the body, give a body that has it: else `SigningError` tells so.

    >>> from hookseal.testing import sign_delivery
    >>> sign_delivery("pandadoc", url="/hook", now=0).target
    '/hook?signature=...'
    """
    scheme = Scheme._of(row_of(provider))
    reads_form = scheme._facts[3][1]
    raw = _raw(body, reads_form)
    is_form = reads_form and raw.lstrip()[:1] not in (b"{", b"[")
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    sent.setdefault("content-type", _FORM if is_form else _JSON)
    added, _, whole = sign_outgoing(
        scheme,
        pair_for(scheme)[0] if secret is None else secret,
        raw,
        pairs(list(sent.items()), None),
        event_id=event_id,
        now=now,
        url=url,
        method=method,
        danger_weak_secret=secret is not None,
    )
    sends = read_capture(whole.encode())
    return SignedDelivery(method, sends.url or url, sent | added, sends.body)


def _raw(body: Payload, as_form: bool) -> bytes:
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    if isinstance(body, str):
        return body.encode()
    if as_form and isinstance(body, Mapping):
        return urlencode(body).encode()
    return json.dumps(body, separators=(",", ":")).encode()
