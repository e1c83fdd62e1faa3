from datetime import datetime
from typing import Any, Final, Self, TypeAlias, TypedDict, final

from typing_extensions import disjoint_base

from ._names import ReceiverCode
from ._scheme import Bound
from ._types import Body, Headers, Now

__all__ = [
    "DEFAULT_BODY_LIMIT",
    "PUBLIC_MESSAGE",
    "Delivery",
    "Endpoint",
    "Row",
    "Setup",
    "Verifier",
    "detect",
    "outcomes",
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

# Whether secrets may be short, and times any; the two tolerances, and the largest body.
_Limits: TypeAlias = tuple[bool, bool, int | None, int | None, int | None]
# Other secrets, a framework, and whether to show the signature that is expected.
_Asked: TypeAlias = tuple[list[bytes], str | None, bool]
# As JSON; as a report, without the signed content and with it, without colours and with them; and
# that signature.
_Told: TypeAlias = tuple[str, list[list[str]], str | None]
_Facts: TypeAlias = tuple[
    list[str], list[str], tuple[str, list[bool]], list[bool], list[tuple[str, str, str]]
]
_Sent: TypeAlias = tuple[int, list[tuple[str, str]], str]

@final
class Row:
    @staticmethod
    def named(name: str) -> Row: ...
    @staticmethod
    def read(text: str, is_toml: bool) -> Row: ...
    def facts(self) -> _Facts: ...
    def has_challenge(self) -> bool: ...
    def answer(self, expected: str, it: _Request) -> _Sent | None: ...
    # What a request brought, whether that is a key, and the answer to it.
    def enrol(self, it: _Request) -> tuple[str, bool, _Sent]: ...
    def acknowledgement(self) -> _Sent: ...

@final
class Setup:
    def __new__(cls, row: Row, secrets: list[bytes], limits: _Limits) -> Self: ...
    # The headers, and the bare signature.
    def sign(
        self, event_id: str | None, it: _Request
    ) -> tuple[list[tuple[str, str]], str]: ...
    # The headers; a signature that is none, as name, value and place; and the request as JSON.
    def sign_outgoing(
        self, id: str | None, it: _Request
    ) -> tuple[list[tuple[str, str]], tuple[str, str, str] | None, str]: ...
    def explain(self, asked: _Asked, it: _Request) -> _Told: ...

@final
class Endpoint:
    def __new__(
        cls, row: Row, url: str | None, only: list[str] | None, hops: int
    ) -> Self: ...
    # `forwarded` are the values of `X-Forwarded-For`.
    def is_allowed(self, peer: str | None, forwarded: list[bytes]) -> bool: ...
    def url(self, target: str) -> str: ...

@disjoint_base
class Verifier:
    def __new__(cls, setup: Setup) -> Self: ...
    @property
    def _row(self) -> Row: ...
    def _answer(self, expected: str, it: _Request) -> _Sent | None: ...
    def _window(self) -> int | None: ...
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
    @property
    def _retry(self) -> str: ...
    def replay_key(self, scope: bytes | None = None) -> bytes: ...

def detect(request: _Request) -> list[str]: ...
def outcomes() -> list[tuple[ReceiverCode, int, str]]: ...
def read_capture(text: bytes) -> str: ...
