from datetime import datetime
from typing import Any, Final, Self, TypeAlias, TypedDict, final

from typing_extensions import disjoint_base

from ._scheme import Bound
from ._types import Body, Headers, Now

__all__ = [
    "DEFAULT_BODY_LIMIT",
    "PUBLIC_MESSAGE",
    "Delivery",
    "Row",
    "Verifier",
    "detect",
    "explain",
    "read_capture",
]

DEFAULT_BODY_LIMIT: Final[int]
PUBLIC_MESSAGE: Final[str]

class _Request(TypedDict):
    headers: list[tuple[str, bytes]]
    body: bytes
    url: str | None
    method: str | None
    now: int

class _Setup(TypedDict):
    secrets: tuple[bytes, list[bytes]]
    weak: bool
    tolerance: int | None
    future_tolerance: int | None
    any_time: bool
    body_limit: int | None

_Facts: TypeAlias = tuple[
    list[str], str, tuple[str, list[bool]], bool, list[tuple[str, str, str]]
]
_Sent: TypeAlias = tuple[int, list[tuple[str, str]], str]

@final
class Row:
    @staticmethod
    def named(name: str) -> Row: ...
    @staticmethod
    def read(text: str, is_toml: bool) -> Row: ...
    def facts(self) -> _Facts: ...
    def sign(
        self, secret: bytes, weak: bool, event_id: str | None, request: _Request
    ) -> tuple[list[tuple[str, str]], str]: ...
    @property
    def has_challenge(self) -> bool: ...
    def answer(
        self, verifier: Verifier | None, expected: str, request: _Request
    ) -> _Sent | None: ...
    def enrol(self, request: _Request) -> tuple[str, bool, _Sent]: ...
    def acknowledgement(self) -> _Sent: ...

@disjoint_base
class Verifier:
    def __new__(cls, row: Row, setup: _Setup) -> Self: ...
    @property
    def _row(self) -> Row: ...
    def verify(
        self,
        body: Body,
        headers: Headers,
        *,
        url: str | None = None,
        method: str | None = None,
        now: Now | None = None,
    ) -> Delivery: ...

@final
class Delivery:
    @property
    def body(self) -> bytes: ...
    @property
    def danger_unsigned_body(self) -> bytes: ...
    def json(self) -> Any: ...
    @property
    def event_id(self) -> str | None: ...
    @property
    def event_type(self) -> str | None: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def secret_index(self) -> int: ...
    @property
    def bound(self) -> Bound: ...
    @property
    def scheme(self) -> str: ...
    def replay_key(self, scope: bytes | None = None) -> bytes: ...

def detect(request: _Request) -> list[str]: ...
def explain(
    row: Row,
    setup: _Setup,
    others: list[bytes],
    framework: str | None,
    request: _Request,
    shows_expected: bool,
) -> tuple[str, list[list[str]], str | None]: ...
def read_capture(text: bytes) -> str: ...
