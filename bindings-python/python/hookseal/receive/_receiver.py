"""What every framework helper is made of: a request in, a delivery or an answer out."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeAlias

from .. import _native
from .. import (
    DEFAULT_BODY_LIMIT,
    PUBLIC_MESSAGE,
    Answer,
    SecretError,
    VerificationError,
    Verifier,
    acknowledgement,
    handshake,
)
from .._outcome import OUTCOMES
from .._python import no_surrogates
from ._handling import Handling, abegin, begin
from ._request import Capture, Head, Headers, capture
from ._store import checked

if TYPE_CHECKING:
    from .. import Delivery, DeliveryCode, Provider, Scheme
    from .._names import ReceiverCode
    from ..claims import AsyncClaims, AsyncPostgresInbox, Claims, Inbox

RefusalCode: TypeAlias = "DeliveryCode | Literal['address_not_allowed']"
"""Why a delivery was refused: a code of `VerificationError`, or that its sender is not listed."""

BODY_LIMIT = DEFAULT_BODY_LIMIT
"""The largest body that is read unless `body_limit` says otherwise: that of a `Verifier`."""

_log = logging.getLogger("hookseal")

_NOT_ALLOWED: Final = "address_not_allowed"


class Receiver:
    """One endpoint: which provider's deliveries it takes, and under which secret.

    `provider` is a name, or a `Scheme` of your own. The secret is given as `secret`, or better as
    `secret_env`, the name of an environment variable; for a rotation a list of either. When a
    variable is not set, or what it holds cannot be a secret, the process ends, with a line on
    standard error: make the receiver where the application is loaded, and it never listens.

    `url` is the public address, for schemes that sign it: with a path it is the URL as configured
    at the provider, to which the request's query is added; without one (`https://example.com`) the
    request's path is added too.

    `allow_from` lists the networks that deliveries may come from, beside the signature and never
    instead of it; `trusted_proxies` is how many proxies of your own add to `X-Forwarded-For` on the
    way. `expected` (or `expected_env`) is what was agreed on for an endpoint validation, as Meta's
    verify token.

    `on_refused` is called with the code and the captured request; without it the code is logged by
    the logger `hookseal`.

    With `claims`, a store of `hookseal.claims`, the handler is called once for each delivery: a
    handler that raises, or answers 4xx or 5xx, is called again with the next retry. With `inbox`
    instead a delivery is stored and answered, and the handler is not called: a
    `hookseal.claims.Worker` runs it. `on_outcome` is called with the code and the delivery where
    there is something to know, as `conflict`, `lease_lost` and `store_unavailable`; without it the
    logger gets the code.

    `now` is the clock, in Unix seconds. The others are those of `Verifier`.

    >>> from hookseal import sign
    >>> from hookseal.receive import Receiver
    >>> receiver = Receiver("github", secret="It's a Secret to Everybody")
    >>> signed = sign("github", "It's a Secret to Everybody", b"{}")
    >>> headers = [(name.encode(), value.encode()) for name, value in signed.items()]
    >>> receiver.receive("POST", "/github", headers, "192.0.2.7", b"{}")
    <hookseal.Delivery of "github">
    >>> receiver.receive("POST", "/github", headers, "192.0.2.7", b"{ }").status
    401
    """

    def __init__(
        self,
        provider: Provider | Scheme,
        *,
        secret: str | bytes | Sequence[str | bytes] | None = None,
        secret_env: str | Sequence[str] | None = None,
        url: str | None = None,
        expected: str = "",
        expected_env: str | None = None,
        tolerance: int | None = None,
        future_tolerance: int | None = None,
        body_limit: int = BODY_LIMIT,
        danger_weak_secret: bool = False,
        allow_from: str | Iterable[str] | None = None,
        trusted_proxies: int = 0,
        on_refused: Callable[[RefusalCode, Capture], object] | None = None,
        claims: Claims | AsyncClaims | None = None,
        inbox: Inbox | AsyncPostgresInbox | None = None,
        on_outcome: Callable[[ReceiverCode, Delivery], object] | None = None,
        now: Callable[[], float] | None = None,
    ) -> None:
        def verifier(secret: str | bytes | Sequence[str | bytes], limit: int) -> Verifier:
            return Verifier(
                provider,
                secret,
                tolerance=tolerance,
                future_tolerance=future_tolerance,
                body_limit=limit,
                danger_weak_secret=danger_weak_secret,
            )

        if (secret is None) == (secret_env is None):
            raise TypeError("give the secret either as secret= or, by name, as secret_env=")
        if isinstance(trusted_proxies, bool) or not 0 <= trusted_proxies < 1 << 32:
            raise ValueError("trusted_proxies is a count: how many of them are your own")
        self.body_limit = body_limit
        self._expected = _of_environment(expected_env) if expected_env is not None else expected
        self._on_refused = on_refused
        self._now = now
        if secret is not None:
            self.verifier = verifier(secret, body_limit)
            self._strict = verifier(secret, 0)
        else:
            names = [secret_env] if isinstance(secret_env, str) else list(secret_env or ())
            secrets = [_of_environment(name) for name in names]
            try:
                self.verifier = verifier(secrets, body_limit)
                self._strict = verifier(secrets, 0)
            except SecretError as error:
                _end(f"the secret in {' or '.join(names) or 'no variable'} is no good: {error}")
        listed = [allow_from] if isinstance(allow_from, str) else allow_from
        networks = None if listed is None else [no_surrogates(str(one)) for one in listed]
        address = None if url is None else no_surrogates(url)
        self._endpoint = _native.Endpoint(self.verifier._row, address, networks, trusted_proxies)
        self._is_open = networks is None
        self.store = checked(claims, inbox, self.verifier._window())
        """The claims, or the inbox."""
        self.on_outcome = on_outcome

    def receive(
        self, method: str, target: str, headers: Headers, peer: str | None, body: bytes
    ) -> Delivery | Answer:
        """Judges one request, of which the first four are a `Head`: a delivery to handle, or the
        answer to send."""
        head = Head(method, target, headers, peer)
        if not self._is_allowed(head):
            return self._refuse(head, body, _NOT_ALLOWED, *OUTCOMES[_NOT_ALLOWED])
        now = None if self._now is None else self._now()
        rest: dict[str, Any] = {"method": method, "url": self._url(target), "now": now}
        try:
            answer = handshake(self.verifier, body, headers, expected=self._expected, **rest)
            return answer or self.verifier.verify(body, headers, **rest)
        except VerificationError as error:
            return self._refuse(head, body, error.code, error.status, error.message)

    def begin(self, delivery: Delivery) -> Handling | Answer:
        """Claims a delivery that `receive` gave, or puts it into the inbox: what is to be told when
        it is handled, or the answer to send. The helpers of the frameworks do so."""
        return begin(self, delivery)

    async def abegin(self, delivery: Delivery) -> Handling | Answer:
        """As `begin`, also for asynchronous stores."""
        return await abegin(self, delivery)

    def too_large(
        self, method: str, target: str, headers: Headers, peer: str | None
    ) -> Answer | None:
        """The refusal of a request whose head declares a larger body than is read."""
        head = Head(method, target, headers, peer)
        return self.refuse_size(head) if head.length > self.body_limit else None

    def refuse_size(self, head: Head) -> Answer:
        """The refusal of a body that is too large to have been read."""
        if not self._is_allowed(head):
            return self._refuse(head, b"", _NOT_ALLOWED, *OUTCOMES[_NOT_ALLOWED])
        try:
            self._strict.verify(b"1", [])  # takes no body: it knows how one too large is refused
        except VerificationError as error:
            return self._refuse(head, b"", error.code, error.status, error.message)
        raise AssertionError("one byte is more than none")

    def acknowledgement(self) -> Answer:
        """What the provider wants to read for a delivery that was taken."""
        return acknowledgement(self.verifier)

    def _is_allowed(self, head: Head) -> bool:
        if self._is_open:
            return True
        lists = [value for name, value in head.headers if name.lower() == b"x-forwarded-for"]
        peer = None if head.peer is None else no_surrogates(head.peer)
        return self._endpoint.is_allowed(peer, lists)

    def _url(self, target: str) -> str:
        return self._endpoint.url(no_surrogates(target))

    def _refuse(
        self, head: Head, body: bytes, code: RefusalCode, status: int, message: str
    ) -> Answer:
        """The same line whatever the reason was; the reason is for the receiver only."""
        if self._on_refused is None:
            name = self.verifier.scheme.name
            _log.warning("a delivery of %s was refused: %s: %s", name, code, message)
        else:
            try:
                self._on_refused(code, capture(head, self._url(head.target), body))
            except Exception:  # the sender gets the same answer whatever became of the report
                _log.exception("on_refused failed")
        headers = [("content-type", "text/plain; charset=utf-8")]
        return Answer(status, headers, PUBLIC_MESSAGE.encode())


def _of_environment(name: str) -> str:
    """What a variable holds; without it the process ends before it takes a delivery."""
    return os.environ.get(name) or _end(f"the environment variable {name} is not set, or empty")


def _end(message: str) -> NoReturn:
    print(f"hookseal: {message}", file=sys.stderr, flush=True)
    raise SystemExit(2)
