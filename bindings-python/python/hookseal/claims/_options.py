"""What all stores have in common: their options, and what they note of a delivery."""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import NamedTuple, TypedDict

from .. import Delivery
from .._headers import kind
from .._outcome import OUTCOMES
from .._python import whole

LEASE = 60
"""Seconds that a run may take, unless you say otherwise."""
KEEP = 7 * 24 * 60 * 60
"""Seconds for which a handled delivery is known, unless you say otherwise: providers retry for
days."""

_log = logging.getLogger("hookseal")


class Known(NamedTuple):
    """What a store notes of a delivery."""

    key: bytes
    digest: bytes | None
    """Of the body; `None` where a retry need not repeat it byte for byte."""


class StoreOptions(TypedDict, total=False):
    """What every store takes."""

    scope: str | bytes
    """An endpoint or a tenant of yours: scopes know nothing of each other."""
    lease: int
    """For how long one run may take, in seconds; 60."""
    keep: int
    """For how long a handled delivery is known, in seconds; 7 days. At least as long as one is
    fresh, and as the provider retries."""


class Options:
    """Scope, lease and keep."""

    def __init__(
        self, *, scope: str | bytes = b"", lease: int = LEASE, keep: int = KEEP
    ) -> None:
        if not isinstance(scope, (str, bytes)):
            raise TypeError(f"a scope is str or bytes, not {kind(scope)}")
        self.scope = scope.encode() if isinstance(scope, str) else scope
        """The endpoint or tenant that the keys belong to."""
        self.lease = seconds(lease, "lease")
        """For how long one run may take, in seconds."""
        self.keep = seconds(keep, "keep")
        """For how long a handled delivery is known, in seconds."""
        if self.lease >= self.keep:
            raise ValueError("a lease must be shorter than keep: else a run outlives its own claim")
        self._binding: dict[str, bool] = {}

    @property
    def binds_nothing(self) -> frozenset[str]:
        """The schemes, of those that came, that sign neither an event id nor a time: equal
        deliveries are one there, and an old one can be sent again once it is forgotten."""
        return frozenset(name for name, binds in self._binding.items() if not binds)

    def _known(self, delivery: Delivery) -> Known:
        known = identify(delivery, self.scope)
        scheme = delivery.scheme
        if scheme not in self._binding:
            bound = delivery.bound
            self._binding[scheme] = binds = bound.event_id or bound.timestamp
            if not binds:
                told = OUTCOMES["nothing_bound"].message
                _log.warning("deliveries of %s: nothing_bound: %s", scheme, told)
        return known


def identify(delivery: Delivery, scope: bytes) -> Known:
    """The key of a delivery, and what its retries have in common. Only a verified one has it."""
    if not isinstance(delivery, Delivery):
        told = "is claimed: Verifier.verify, or a receiver, makes one"
        raise TypeError(f"only a hookseal.Delivery {told}; this is {kind(delivery)}")
    is_comparable = delivery._retry != "unknown"
    digest = sha256(delivery.danger_unsigned_body).digest() if is_comparable else None
    return Known(delivery.replay_key(scope), digest)


def seconds(number: int, name: str) -> int:
    """A number of seconds that is at least one."""
    if not whole(number):
        raise ValueError(f"{name} is a number of seconds, and at least 1")
    return number
