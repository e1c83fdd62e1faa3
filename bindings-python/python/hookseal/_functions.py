"""What is beside verification: signing, recognising, endpoint validations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import Verifier, _native
from ._python import request_of, row_of, secret_bytes

if TYPE_CHECKING:
    from ._native import _Sent
    from ._names import Provider
    from ._scheme import Scheme
    from ._types import Body, Headers, Now


class Signed(dict[str, str]):
    """The headers of a signed delivery, to send with its body.

    `signature` is the bare signature. The few schemes whose signature is no header, but a field of
    the body or a parameter of the URL, have it nowhere else: put it there.
    """

    signature: str


def sign(
    provider: Provider | Scheme,
    secret: str | bytes,
    body: Body,
    *,
    event_id: str | None = None,
    now: Now | None = None,
    url: str | None = None,
    method: str | None = None,
    headers: Headers = (),
    danger_weak_secret: bool = False,
) -> Signed:
    """Signs a body as the provider does: for a test, or for a sender of your own.

    >>> from hookseal import sign
    >>> headers = sign("stripe", "whsec_test_9f0c1b7a5d3e4f60", b"{}", now=1700000000)
    >>> list(headers)
    ['stripe-signature']

    `headers` are those of the request that the scheme signs. Where it is verified with a public
    key, `secret` is the private one.

    Raises `SecretError`; `SchemeError` where a scheme is only verified; `SigningError` where
    something is missing that the scheme signs.
    """
    request = request_of(body, headers, url, method, now)
    limits = (danger_weak_secret is True, False, None, None, None)
    setup = _native.Setup(row_of(provider), [secret_bytes(secret)], limits)
    pairs, signature = setup.sign(event_id, request)
    signed = Signed(pairs)
    signed.signature = signature
    return signed


def detect(headers: Headers) -> list[str]:
    """The names of the providers whose deliveries have such headers, the best first.

    It is a guess from headers alone: nothing is verified.

    >>> from hookseal import detect
    >>> detect({"X-Hub-Signature-256": "sha256=" + "0" * 64, "X-GitHub-Event": "push"})[0]
    'github'
    """
    return _native.detect(request_of(b"", headers, now=0))


class Answer(NamedTuple):
    """What to send for an endpoint validation. No delivery came with it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Enrolment(NamedTuple):
    """What a request brought, and the answer to it."""

    value: str
    """The secret, or the text to hand back."""
    is_key: bool
    """Whether it is the secret of later deliveries: keep it, and make a `Verifier` of it."""
    answer: Answer


def handshake(
    provider: Verifier | Provider | Scheme,
    body: Body,
    headers: Headers,
    *,
    method: str,
    url: str | None = None,
    expected: str = "",
    now: Now | None = None,
) -> Answer | None:
    """Answers an endpoint validation; `None` for any other request: go on with `verify`.

    >>> from hookseal import handshake
    >>> url = "https://hooks.example.com/dropbox?challenge=Vw8Xz"
    >>> handshake("dropbox", b"", {}, method="GET", url=url).body
    b'Vw8Xz'

    Most need the key: give the `Verifier`. With the name of a provider only those are answered that
    need none. `expected` is the value that was agreed on, where the provider asks for one.

    Raises `VerificationError` for a validation that must not be answered.
    """
    verifier = provider if isinstance(provider, Verifier) else None
    row = row_of(provider) if verifier is None else verifier._row
    if not row.has_challenge():
        return None
    answer = row.answer if verifier is None else verifier._answer
    sent = answer(expected, request_of(body, headers, url, method, now))
    return None if sent is None else _answer(sent)


def acknowledgement(provider: Verifier | Provider | Scheme) -> Answer:
    """What the provider wants to read for a delivery that was taken.

    >>> from hookseal import acknowledgement
    >>> acknowledgement("stripe")
    Answer(status=200, headers=[], body=b'')
    """
    row = provider._row if isinstance(provider, Verifier) else row_of(provider)
    return _answer(row.acknowledgement())


def enrol(
    provider: Provider | Scheme,
    body: Body,
    headers: Headers,
    *,
    method: str,
    url: str | None = None,
) -> Enrolment:
    """Takes the secret, or the text to hand back, out of a request that brings one.

    Nobody has signed that request: call this only while a subscription that you have asked for is
    being set up, never for an endpoint that has its key.

    >>> from hookseal import enrol
    >>> brought = enrol("asana", b"", {"X-Hook-Secret": "b537207f20cbfa02357cf448"}, method="POST")
    >>> brought.value, brought.is_key
    ('b537207f20cbfa02357cf448', True)

    Raises `VerificationError` where the request brings nothing.
    """
    request = request_of(body, headers, url, method, now=0)
    value, is_key, sent = row_of(provider).enrol(request)
    return Enrolment(value, is_key, _answer(sent))


def _answer(sent: _Sent) -> Answer:
    return Answer(sent[0], sent[1], sent[2].encode())
