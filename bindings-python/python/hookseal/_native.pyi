from datetime import datetime
from typing import Any, Final, Self, TypeAlias, final

from typing_extensions import disjoint_base

from ._scheme import Bound
from ._types import Body, Headers, Now

__all__ = [
    "PUBLIC_MESSAGE",
    "Delivery",
    "Row",
    "Verifier",
    "answer_challenge",
    "answer_openly",
    "detect",
    "names",
    "sign",
]

PUBLIC_MESSAGE: Final[str]

_Received: TypeAlias = tuple[Body, Headers, str | None, str | None]
_Sent: TypeAlias = tuple[int, list[tuple[str, str]], str, str, bool]

@final
class Row:
    @staticmethod
    def named(name: str) -> Row: ...
    @staticmethod
    def read(text: str, is_toml: bool) -> Row: ...
    def facts(self) -> dict[str, Any]: ...

@disjoint_base
class Verifier:
    def __new__(
        cls,
        row: Row,
        secrets: list[bytes],
        weak: bool,
        windows: tuple[int | None, int | None, bool],
        body_limit: int | None,
    ) -> Self: ...
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

def names() -> list[str]: ...
def detect(received: _Received) -> list[str]: ...
def sign(
    row: Row, secret: bytes, weak: bool, received: _Received, event_id: str | None, now: int
) -> tuple[list[tuple[str, str]], str]: ...
def answer_challenge(
    row: Row, verifier: Verifier | None, received: _Received, expected: str, now: int
) -> _Sent | None: ...
def answer_openly(row: Row, received: _Received | None) -> _Sent: ...
