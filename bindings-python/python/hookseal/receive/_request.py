"""A request as it came over the wire, and as it is kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypedDict

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]
"""Names and values as they came over the wire, repeats and all."""


class BodyConsumedError(RuntimeError):
    """The raw body is gone: something read or parsed it first. The text says what to move."""

    @classmethod
    def because(cls, what: str, advice: str) -> BodyConsumedError:
        return cls(f"{what}, and a signature is over the raw body: {advice}")


class Head(NamedTuple):
    """A request without its body."""

    method: str
    target: str
    """Path and query as they came over the wire: no escape decoded, none added."""
    headers: Headers
    peer: str | None
    """The address at the other end of the connection."""

    @property
    def length(self) -> int:
        """The length that the request declares; 0 where it declares none."""
        declared = [value for name, value in self.headers if name.lower() == b"content-length"]
        text = declared[0].strip() if declared else b""
        return int(text) if text.isdigit() and len(text) < 20 else 0

    def whole(self, body: bytes, advice: str) -> bytes:
        """The body, unless it was declared and has gone before it could be read here."""
        if not body and self.length:
            what = f"the request has a body of {self.length} bytes, of which none is left to read"
            raise BodyConsumedError.because(what, advice)
        return body


class Capture(TypedDict, total=False):
    """A request in the JSON form in which it can be looked into later. It holds all that the sender
    wrote: keep it as you keep the deliveries themselves."""

    method: str
    url: str
    headers: list[tuple[str, str | dict[str, str]]]
    body: str
    body_base64: str


def capture(head: Head, url: str, body: bytes) -> Capture:
    """A request as it is kept: what is not UTF-8 as base64."""
    captured = Capture(
        method=head.method,
        url=url,
        headers=[(name.decode("latin-1"), _text(value)) for name, value in head.headers],
    )
    text = _text(body)
    if isinstance(text, str):
        captured["body"] = text
    else:
        captured["body_base64"] = text["base64"]
    return captured


def _text(value: bytes) -> str | dict[str, str]:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(value).decode()}
