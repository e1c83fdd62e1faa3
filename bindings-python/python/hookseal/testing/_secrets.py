"""Secrets for tests, spelled as each provider spells its own."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from .. import Scheme, SchemeError
from .._outgoing import facts
from .._python import row_of

if TYPE_CHECKING:
    from .._names import Provider

_KEYS = {
    # RFC 8032, section 7.1, test 1.
    "ed25519": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    # RFC 6979, appendix A.2.5.
    "ecdsa-p256-sha256": (
        "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
        "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
        "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
    ),
}
"""Key pairs that everyone knows: the private one, which signs, and the public one."""


def secret_for(provider: Provider | Scheme) -> str:
    """The secret that your receiver has in a test: under it `sign_delivery` signs.

    It is the same in every run, and everyone knows it.

    >>> from hookseal.testing import secret_for
    >>> secret_for("stripe")
    'test_secret_of_stripe'

    Where deliveries are verified with a public key, this is the public one. Raises `SchemeError`
    where the scheme is only verified, and so nothing can be signed for a test.
    """
    return pair_for(Scheme._of(row_of(provider)))[1]


def pair_for(scheme: Scheme) -> tuple[str, str]:
    """What the sender signs with, and what the receiver holds."""
    row = facts(scheme)
    key = row["key"] if isinstance(row["key"], dict) else {"format": row["key"]}
    text = f"test_secret_of_{scheme.name}".ljust(16, "_")
    if key["format"] == "public-key":
        return _key_pair(scheme, key)
    if key["format"] == "hex":
        text = sha256(text.encode()).hexdigest()
    elif key["format"] == "base64":
        text = key.get("prefix", "") + b64encode(sha256(text.encode()).digest()).decode()
    whole = f"test{row['key_id']}{text}" if "key_id" in row else text
    return whole, whole


def _key_pair(scheme: Scheme, key: dict[str, Any]) -> tuple[str, str]:
    try:
        private, public = _KEYS[scheme.algorithm]
    except KeyError:
        told = f"deliveries of {scheme.name} can be verified, but not signed"
        raise SchemeError("cannot_sign", told) from None
    if "prefix" in key:
        private, public = (b64encode(bytes.fromhex(it)).decode() for it in (private, public))
    return key.get("private_prefix", "") + private, key.get("prefix", "") + public
