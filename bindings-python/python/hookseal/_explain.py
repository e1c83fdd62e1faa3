"""Why a delivery is refused, and captured requests to ask it of."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, get_args

from . import _native
from ._python import request_of, secret_bytes, setup_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._names import CauseCode, DeliveryCode, Framework, Provider, SchemeCode, SecretCode
    from ._scheme import Scheme
    from ._types import Body, Headers, Now


class Step(NamedTuple):
    """A step of verification, and what became of it."""

    name: str
    outcome: Literal["ok", "failed", "absent", "not_reached"]
    note: str


class SignedPart(NamedTuple):
    """A part of what is signed: where it begins, and how long it is, in bytes."""

    name: str
    offset: int
    length: int


class Cause(NamedTuple):
    """What went wrong, and what to do."""

    code: CauseCode
    confidence: Literal["proved", "likely", "unknown"]
    what: str
    fix: str


class Explanation:
    """Why a delivery is refused, or that it is not. It is for you, never for the sender.

    As text it is a report; `print(explanation)` shows it.
    """

    __slots__ = ("_expected", "_facts", "_reports")
    _facts: dict[str, Any]
    _reports: list[list[str]]
    _expected: str | None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("an Explanation does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("an Explanation does not change")

    @property
    def scheme(self) -> str:
        """The name of the scheme."""
        return self._text("scheme")

    @property
    def verdict(self) -> Literal["verified"] | DeliveryCode | SecretCode | SchemeCode:
        """`verified`, or the code of the error: of the delivery, the secret or the scheme."""
        verdict: Literal["verified"] | DeliveryCode | SecretCode | SchemeCode
        verdict = self._facts["verdict"]
        return verdict

    @property
    def message(self) -> str:
        """The verdict in one sentence."""
        return self._text("message")

    @property
    def steps(self) -> list[Step]:
        """The steps of verification, in their order."""
        return [Step(**step) for step in self._facts["steps"]]

    @property
    def signed(self) -> list[SignedPart]:
        """What is signed, part by part; without its bytes, which `report(content=True)` shows."""
        return [SignedPart(**part) for part in self._facts["signed"]]

    @property
    def secrets(self) -> list[str]:
        """What tells each secret from another, in the order in which they were given."""
        return list(self._facts["secrets"])

    @property
    def causes(self) -> list[Cause]:
        """What went wrong, the surest first; nothing where the delivery verifies."""
        return [Cause(**cause) for cause in self._facts["causes"]]

    @property
    def excluded(self) -> list[str]:
        """What was tried in vain."""
        return list(self._facts["excluded"])

    @property
    def trials(self) -> int:
        """How many changes were tried."""
        trials: int = self._facts["trials"]
        return trials

    @property
    def expected(self) -> str | None:
        """With `danger_show_expected`, the signature that would verify, where it can be made:
        whoever has it can forge this delivery."""
        return self._expected

    def to_dict(self) -> dict[str, Any]:
        """What the properties say, but `expected`, in a form that `json.dumps` takes."""
        return json.loads(json.dumps(self._facts))  # type: ignore[no-any-return]

    def report(self, content: bool = False, colour: bool = False) -> str:
        """A report of 80 columns. `content` shows the bytes that are signed, which are those of the
        delivery: not for a log."""
        return self._reports[content is True][colour is True]

    def __str__(self) -> str:
        return self.report()

    def __repr__(self) -> str:
        return f"<hookseal.Explanation of {self.scheme!r}: {self.verdict}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an Explanation cannot be pickled: keep its to_dict()")

    def _text(self, key: str) -> str:
        text: str = self._facts[key]
        return text


def explain(
    provider: Provider | Scheme,
    secret: str | bytes | Sequence[str | bytes],
    body: Body,
    headers: Headers,
    *,
    url: str | None = None,
    method: str | None = None,
    now: Now | None = None,
    other_secrets: Sequence[str | bytes] = (),
    framework: Framework | None = None,
    tolerance: int | None = None,
    future_tolerance: int | None = None,
    danger_weak_secret: bool = False,
    danger_any_time: bool = False,
    danger_show_expected: bool = False,
) -> Explanation:
    r"""Finds out why a delivery is refused: changes one thing after the other, and verifies again.

    Give what the `Verifier` has. `other_secrets` are those of your other endpoints: if the delivery
    is signed with one, that is the cause. `framework` is what receives the delivery, so that the
    fix names its raw body. A secret that is no good is no exception here, but the verdict.

    >>> from hookseal import explain, sign
    >>> headers = sign("github", "It's a Secret to Everybody", b'{"a":1}')
    >>> found = explain("github", "It's a Secret to Everybody", b'{"a":1}\n', headers)
    >>> found.verdict, found.causes[0].code, found.causes[0].confidence
    ('signature_mismatch', 'body_trailing_bytes', 'proved')

    It costs many times what verification does: for the moment when somebody looks for a fault, not
    for every delivery. With `danger_show_expected`, the explanation has what forges this delivery.

    Raises `SchemeError` for a name that no provider has.
    """
    windows = (tolerance, future_tolerance, danger_any_time)
    setup = setup_of(provider, secret, danger_weak_secret, windows, None)
    others = [secret_bytes(one) for one in other_secrets]
    asked = (others, _known(framework), danger_show_expected is True)
    facts, reports, expected = setup.explain(asked, request_of(body, headers, url, method, now))
    made = object.__new__(Explanation)
    object.__setattr__(made, "_facts", json.loads(facts))
    object.__setattr__(made, "_reports", reports)
    object.__setattr__(made, "_expected", expected)
    return made


def _known(framework: str | None) -> str | None:
    from ._names import Framework

    if framework is not None and framework not in get_args(Framework):
        raise ValueError(f"a framework is one of {', '.join(get_args(Framework))}")
    return framework


class Capture(NamedTuple):
    """A captured request: `url` and `method` where the capture tells them."""

    method: str | None
    url: str | None
    headers: list[tuple[str, bytes]]
    body: bytes

    def __repr__(self) -> str:
        return f"<hookseal.Capture of {len(self.headers)} headers and {len(self.body)} bytes>"


def read_capture(captured: bytes) -> Capture:
    r"""Reads a request out of raw HTTP, a HAR file, a curl command, an AWS Lambda event, or JSON.

    >>> from hookseal import read_capture
    >>> read_capture(b"POST /hook HTTP/1.1\r\nHost: example.com\r\nX-A: b\r\n\r\n{}").body
    b'{}'

    Raises `CaptureError`.
    """
    read = json.loads(_native.read_capture(memoryview(captured).tobytes()))
    headers = [(name, _bytes(value)) for name, value in read["headers"]]
    body = read["body"].encode() if "body" in read else b64decode(read["body_base64"])
    return Capture(read.get("method"), read.get("url"), headers, body)


def _bytes(value: str | dict[str, str]) -> bytes:
    return value.encode() if isinstance(value, str) else b64decode(value["base64"])
