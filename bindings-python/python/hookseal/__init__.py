"""Know that a webhook delivery is genuine and fresh; and when it is refused, why.

>>> import hookseal
>>> verifier = hookseal.Verifier("stripe", "whsec_test_9f0c1b7a5d3e4f60")  # once, at the start
>>> body = b'{"id":"evt_1","type":"invoice.paid"}'  # the raw body, before any parsing
>>> headers = {
...     "Stripe-Signature": "t=1700000000,"
...     "v1=41fac92cb306cc809d9083dcbe473e53886eb5fb1dda10546434f39e038db23a"
... }
>>> try:
...     delivery = verifier.verify(body, headers, now=1700000002)  # without `now`: the clock's
... except hookseal.VerificationError as error:
...     print("log", error.code, "and answer", error.status)
>>> delivery.event_id, delivery.json()["type"]
('evt_1', 'invoice.paid')

What to know:

- Hand over the raw body. One that was parsed and written again has other bytes.
- A scheme may sign less than the whole body, and no time: `delivery.bound` tells.
- A genuine delivery can arrive twice: `delivery.replay_key()` is what to note.
- Answer the same to every refused delivery, `error.status` and `hookseal.PUBLIC_MESSAGE`.
"""

from __future__ import annotations

from . import _native
from ._errors import (
    BodyUnsignedError,
    CaptureError,
    SchemeError,
    SecretError,
    SigningError,
    VerificationError,
)
from ._native import DEFAULT_BODY_LIMIT, PUBLIC_MESSAGE, Delivery

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn, Self

    from ._explain import Capture, Cause, Explanation, SignedPart, Step, explain, read_capture
    from ._functions import (
        Answer,
        Enrolment,
        Signed,
        acknowledgement,
        detect,
        enrol,
        handshake,
        sign,
    )
    from ._names import (
        CaptureCode,
        CauseCode,
        DeliveryCode,
        FindingCode,
        Framework,
        Provider,
        SchemeCode,
        SecretCode,
    )
    from ._scheme import Bound, Finding, ProviderInfo, Scheme, providers
    from ._types import Body, Headers, Now

__all__ = [
    "DEFAULT_BODY_LIMIT",
    "PUBLIC_MESSAGE",
    "Answer",
    "Body",
    "BodyUnsignedError",
    "Bound",
    "Capture",
    "CaptureCode",
    "CaptureError",
    "Cause",
    "CauseCode",
    "Delivery",
    "DeliveryCode",
    "Enrolment",
    "Explanation",
    "Finding",
    "FindingCode",
    "Framework",
    "Headers",
    "Now",
    "Provider",
    "ProviderInfo",
    "Scheme",
    "SchemeCode",
    "SchemeError",
    "SecretCode",
    "SecretError",
    "Signed",
    "SignedPart",
    "SigningError",
    "Step",
    "VerificationError",
    "Verifier",
    "acknowledgement",
    "detect",
    "enrol",
    "explain",
    "handshake",
    "providers",
    "read_capture",
    "sign",
    "verify",
]

_LATER = {
    "_explain": "Capture Cause Explanation SignedPart Step explain read_capture",
    "_functions": "Answer Enrolment Signed acknowledgement detect enrol handshake sign",
    "_names": "CaptureCode CauseCode DeliveryCode FindingCode Framework Provider SchemeCode "
    "SecretCode",
    "_scheme": "Bound Finding ProviderInfo Scheme providers",
    "_types": "Body Headers Now",
}


def __getattr__(name: str) -> object:
    """What a receiver of deliveries may not need is imported when it is asked for."""
    for module, names in _LATER.items():
        if name in names.split():
            from importlib import import_module

            found: object = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class Verifier(_native.Verifier):
    """Verifies deliveries of one provider. Make it once, and share it between threads.

    `provider` is a name out of `providers()`, or a `Scheme` of your own. `secret` is one secret as
    the provider shows it, or a list of up to four while they are rotated. `tolerance` and
    `future_tolerance` are seconds; without them the scheme's own window holds. `body_limit` is the
    largest body that is read, in bytes.

    >>> from hookseal import Verifier
    >>> verifier = Verifier("github", "It's a Secret to Everybody")
    >>> signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    >>> verifier.verify(b"Hello, World!", {"X-Hub-Signature-256": signature}).body
    b'Hello, World!'

    A secret shorter than 16 bytes is refused unless `danger_weak_secret` is set. `danger_any_time`
    takes the window away: for captured deliveries on your own machine.

    Raises `SecretError` and `SchemeError`, each with its `code`.
    """

    __slots__ = ()

    def __new__(
        cls,
        provider: Provider | Scheme,
        secret: str | bytes | Sequence[str | bytes],
        *,
        tolerance: int | None = None,
        future_tolerance: int | None = None,
        body_limit: int | None = None,
        danger_weak_secret: bool = False,
        danger_any_time: bool = False,
    ) -> Self:
        from ._python import setup_of

        windows = (tolerance, future_tolerance, danger_any_time)
        setup = setup_of(provider, secret, danger_weak_secret, windows, body_limit)
        return super().__new__(cls, setup)

    @property
    def scheme(self) -> Scheme:
        """The scheme that is verified."""
        from ._scheme import Scheme

        return Scheme._of(self._row)

    def __repr__(self) -> str:
        return f"<hookseal.Verifier of {self.scheme.name!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Verifier holds secrets, and cannot be pickled")


def verify(
    provider: Provider | Scheme,
    secret: str | bytes | Sequence[str | bytes],
    body: Body,
    headers: Headers,
    *,
    url: str | None = None,
    method: str | None = None,
    now: Now | None = None,
) -> Delivery:
    """Verifies one delivery in one call. A `Verifier` that is kept is faster: its key is prepared.

    >>> import hookseal
    >>> headers = hookseal.sign("github", "It's a Secret to Everybody", b"{}")
    >>> hookseal.verify("github", "It's a Secret to Everybody", b"{}", headers).json()
    {}
    """
    return Verifier(provider, secret).verify(body, headers, url=url, method=method, now=now)
