"""Schemes: rows of facts, of a provider or of your own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn, TypeAlias, get_args

from . import _native
from ._python import no_surrogates

if TYPE_CHECKING:
    from ._native import _Facts
    from ._names import FindingCode


class Bound(NamedTuple):
    """What a signature covers. What it does not cover, whoever sees a delivery can change."""

    body: Literal["whole", "fields", "checksum", "nothing"]
    """How much of the body."""
    event_id: bool
    """The event id."""
    timestamp: bool
    """The time: without it an old delivery can be sent again at any time."""
    url: bool
    """The URL."""
    method: bool
    """The HTTP method."""


class Finding(NamedTuple):
    """A weakness of a scheme."""

    code: FindingCode
    severity: Literal["weak", "note"]
    message: str


class Scheme:
    """How one provider signs: a row of facts.

    The keywords, and their values, are those of a scheme file:

    >>> from hookseal import Scheme, Verifier
    >>> acme = Scheme(
    ...     name="acme",
    ...     signature={"header": "acme-signature", "split": ",", "prefix": "v1="},
    ...     timestamp={
    ...         "header": "acme-signature", "split": ",", "prefix": "t=", "clock": "seconds"
    ...     },
    ...     signed="{timestamp}.{body}",
    ... )
    >>> acme.bound.body
    'whole'
    >>> [finding.code for finding in acme.lint() if finding.severity == "weak"]
    []
    >>> Verifier(acme, "a secret of at least 16 bytes")
    <hookseal.Verifier of 'acme'>

    `base` starts from a provider's row:

    >>> Scheme(name="our-github", base="github", signature={"header": "x-our-signature"}).algorithm
    'hmac-sha256'

    Raises `SchemeError`, which tells the key at fault.
    """

    __slots__ = ("_facts", "_row")
    _row: _native.Row
    _facts: _Facts

    def __init__(self, **keys: object) -> None:
        try:
            text = json.dumps(keys)
        except (ValueError, RecursionError):
            text = ""
        self._set(_native.Row.read(text, False))

    @classmethod
    def from_toml(cls, text: str) -> Scheme:
        """Reads a scheme file in TOML."""
        return cls._of(_native.Row.read(no_surrogates(text), True))

    @classmethod
    def from_json(cls, text: str) -> Scheme:
        """Reads a scheme file in JSON."""
        return cls._of(_native.Row.read(no_surrogates(text), False))

    @classmethod
    def _of(cls, row: _native.Row) -> Scheme:
        scheme = object.__new__(cls)
        scheme._set(row)
        return scheme

    def _set(self, row: _native.Row) -> None:
        object.__setattr__(self, "_row", row)
        object.__setattr__(self, "_facts", row.facts())

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a Scheme does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Scheme does not change")

    @property
    def name(self) -> str:
        """The name: in lists, in logs, and in replay keys."""
        return self._facts[0][0]

    @property
    def algorithm(self) -> str:
        """The algorithm of the signature."""
        return self._facts[0][1]

    @property
    def signed(self) -> str:
        """The template of what is signed."""
        return self._facts[0][2]

    @property
    def bound(self) -> Bound:
        """What the signature covers."""
        body, others = self._facts[2]
        return Bound(body, *others)  # type: ignore[arg-type]

    @property
    def names_origin(self) -> bool:
        """Whether scheme and host of the URL are part of what is signed, or proved in a handshake:
        a request cannot tell them of itself."""
        return self._facts[3][0]

    @property
    def retry(self) -> str:
        """What a retry of a delivery looks like: `resigned`, `repeated` or `unknown`."""
        return self._facts[0][3]

    @property
    def confidence(self) -> str:
        """How well the facts are known: `sdk`, `docs`, `third-party` or `custom`."""
        return self._facts[0][4]

    @property
    def source(self) -> str:
        """Where the facts were read."""
        return self._facts[0][5]

    def to_toml(self) -> str:
        """The scheme as a file in TOML."""
        return self._facts[1][0]

    def to_json(self) -> str:
        """The scheme in JSON, with the keys of its file."""
        return self._facts[1][1]

    def lint(self) -> list[Finding]:
        """What is weak about the scheme, the gravest first. A finding is no error."""
        return [Finding(*finding) for finding in self._facts[4]]  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return f"<hookseal.Scheme {self.name!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Scheme cannot be pickled: keep its to_toml()")


ProviderInfo: TypeAlias = Scheme
"""A provider's row is a scheme as one of your own is."""


def providers() -> list[ProviderInfo]:
    """Every provider that is known, by name.

    >>> from hookseal import providers
    >>> next(row.bound.timestamp for row in providers() if row.name == "stripe")
    True
    """
    from ._names import Provider

    return [Scheme._of(_native.Row.named(name)) for name in get_args(Provider)]
