"""How deliveries of a row are made: body, secret, time, where the parts of the signature stand.

`recipe` is the provider's scheme written down a second time, with Python's own hmac. It is used
where the SDK has no function that signs, and only after the SDK itself accepted what it made.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Callable
from datetime import datetime, timezone

import bodies
import keys

Headers = dict[str, str]


@dataclass
class Delivery:
    """One delivery, before it is signed."""

    row: str
    body: bytes
    mark: str
    secret: str
    sent_ms: int
    event_id: str
    url: str
    method: str = "POST"
    private: str = ""  # what the sender holds: the secret, or a private key
    headers: Headers = field(default_factory=dict)

    @property
    def seconds(self) -> str:
        return str(self.sent_ms // 1000)

    @property
    def millis(self) -> str:
        return str(self.sent_ms)

    @property
    def rfc3339(self) -> str:
        moment = datetime.fromtimestamp(self.sent_ms // 1000, timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Row:
    name: str
    vendor: str
    signature: tuple[str, str]  # header, and the pattern whose group 1 is the signature
    spelling: str = "hex"
    body: str = "plain"  # plain, json, compact, form
    secret: Callable = bodies.secret
    time: tuple[str, str] | None = None
    step: int = 1  # of the time's text, when it is changed
    whole_seconds: bool = True
    past: int = 300
    event_id: tuple[str, str] | None = None
    url: bool = False
    method: bool = False
    claims: bool = False  # the signature is a JWT, whose claims can be changed
    fields: Callable[[Delivery], dict] = lambda d: {}
    recipe: Callable[[Delivery], Headers] | None = None  # may set the delivery's body, too
    extra: Callable[[Delivery], Headers] = lambda d: {}  # unsigned headers; may set the URL, too
    given: Callable[[Delivery], Headers] = lambda d: {}  # what hookseal has to be told when it signs
    special: Callable[[object], str] = lambda sent: ""  # what sets a genuine delivery apart from others
    public: Callable[[str], str] | None = None  # of an asymmetric scheme: from private to public key
    ours: Callable[[str], str] = lambda secret: secret  # the secret as hookseal takes it
    signer: Callable[[str], str] | None = None  # the private key as hookseal takes it


ALL = "(.+)"


def tag(key: bytes | str, content: bytes | str, algorithm: str = "sha256", spelling: str = "hex") -> str:
    key = key.encode() if isinstance(key, str) else key
    content = content.encode() if isinstance(content, str) else content
    made = hmac.new(key, content, algorithm).digest()
    return spell(made, spelling)


def spell(made: bytes, spelling: str) -> str:
    match spelling:
        case "hex":
            return made.hex()
        case "base64":
            return base64.b64encode(made).decode()
        case "base64url":
            return base64.urlsafe_b64encode(made).decode().rstrip("=")
    raise ValueError(spelling)


def dotted(time: bytes, body: bytes) -> bytes:
    return time + b"." + body


def body_only(name: str, header: str, prefix: str = "", spelling: str = "hex", algorithm: str = "sha256", vendor: str = "", **more) -> Row:
    """The signature of the body alone, in one header."""
    key_of = more.pop("key_of", lambda secret: secret.encode())
    return Row(
        name, vendor or name, (header, prefix + "(.+)"), spelling,
        recipe=lambda d: {header: prefix + tag(key_of(d.secret), d.body, algorithm, spelling)}, **more,
    )


def listed(name: str, header: str, time_item: str, tag_item: str, join: str = ",", clock: str = "seconds", content: Callable[[bytes, bytes], bytes] = dotted, spelling: str = "hex", vendor: str = "", **more) -> Row:
    """Time and signature as items of one header."""

    def recipe(d: Delivery) -> Headers:
        time = getattr(d, clock)
        made = tag(d.secret, content(time.encode(), d.body), "sha256", spelling)
        return {header: f"{time_item}{time}{join}{tag_item}{made}"}

    return Row(
        name, vendor or name, (header, f"{tag_item}([^,;& ]+)"), spelling, time=(header, f"{time_item}(\\d+)"),
        whole_seconds=clock == "seconds", recipe=recipe, **more,
    )


def standard(name: str, family: str = "webhook", vendor: str = "", **more) -> Row:
    """Standard Webhooks."""

    def recipe(d: Delivery) -> Headers:
        key = base64.b64decode(d.secret.removeprefix("whsec_"))
        made = tag(key, f"{d.event_id}.{d.seconds}.".encode() + d.body, spelling="base64")
        return {f"{family}-id": d.event_id, f"{family}-timestamp": d.seconds, f"{family}-signature": "v1," + made}

    more.setdefault("body", "json")
    more.setdefault("recipe", recipe)
    more.setdefault("secret", keys.whsec)
    return Row(
        name, vendor or name, (f"{family}-signature", "v1,(.+)"), "base64", time=(f"{family}-timestamp", ALL),
        event_id=(f"{family}-id", ALL), **more,
    )


def beside(name: str, header: str, time_header: str, content: Callable[[Delivery, str], bytes], clock: str = "seconds", prefix: str = "", spelling: str = "hex", algorithm: str = "sha256", vendor: str = "", **more) -> Row:
    """The signature in one header, the time in another."""

    def recipe(d: Delivery) -> Headers:
        time = getattr(d, clock)
        return {time_header: time, header: prefix + tag(d.secret, content(d, time), algorithm, spelling)}

    more.setdefault("recipe", recipe)
    return Row(
        name, vendor or name, (header, prefix + "(.+)"), spelling, time=(time_header, ALL),
        whole_seconds=clock != "millis", **more,
    )


def jws(d: Delivery, claims: dict, key: str) -> str:
    head = {"alg": "HS256", "typ": "JWT"}
    content = ".".join(spell(bodies.written(part), "base64url") for part in (head, claims))
    return f"{content}.{tag(key, content, spelling='base64url')}"


def jwt_row(name: str, header: str, claims: Callable[[Delivery], dict], prefix: str = "", key_of: Callable[[str], str] = lambda secret: secret, **more) -> Row:
    return Row(
        name, more.pop("vendor", "") or name, (header, r"\.([^.]+)$"), "base64url", claims=True,
        recipe=lambda d: {header: prefix + jws(d, claims(d), key_of(d.secret))}, **more,
    )


def hashed(content: bytes, algorithm: str = "sha256") -> str:
    return hashlib.new(algorithm, content).hexdigest()
