"""What looks into Python's objects for the native half, and makes exceptions for it.

Imported when it is needed first, so it imports little itself.
"""

from __future__ import annotations

from time import time

from . import _errors, _native
from ._body import raw_body as raw_body
from ._headers import encoded, kind
from ._headers import pairs as pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from ._native import _Request
    from ._scheme import Bound
    from ._types import Body, Headers, Now


_MORE = {"VerificationError": int, "SchemeError": str}
"""What some exceptions have beside code and sentence: the status, the key."""


def exception(name: str, code: str, message: str, more: str) -> Exception:
    """An exception of a class of `_errors`."""
    rest = [_MORE[name](more)] if name in _MORE else []
    made: Exception = getattr(_errors, name)(code, message, *rest)
    return made


def row_of(provider: object) -> _native.Row:
    """The row of a provider's name, or of a scheme."""
    if isinstance(provider, str):
        return _native.Row.named(no_surrogates(provider))
    from ._scheme import Scheme

    if isinstance(provider, Scheme):
        return provider._row
    raise TypeError(f"a provider is its name, or a Scheme, not {kind(provider)}")


def secret_bytes(secret: object) -> bytes:
    """A secret's own bytes; of a text, those that it was decoded from, as the environment's are."""
    if isinstance(secret, str):
        return encoded(secret)
    if isinstance(secret, (bytes, bytearray, memoryview)):
        return memoryview(secret).tobytes()
    unset = ": is the environment variable set?" if secret is None else ""
    raise TypeError(f"a secret is str or bytes, or a list of them, not {kind(secret)}{unset}")


def setup_of(
    provider: object,
    secret: str | bytes | Sequence[str | bytes],
    weak: bool,
    windows: tuple[int | None, int | None, bool],
    body_limit: int | None,
) -> _native.Setup:
    """What a verifier is made of."""
    secrets = secret if isinstance(secret, (list, tuple)) else [secret]
    own = [secret_bytes(one) for one in secrets]
    past, future, any_time = windows
    numbers = (whole(past), whole(future), whole(body_limit))
    return _native.Setup(row_of(provider), own, (weak is True, any_time is True, *numbers))


def request_of(
    body: Body,
    headers: Headers,
    url: str | None = None,
    method: str | None = None,
    now: Now | None = None,
) -> _Request:
    """A request with all of its headers, which are read before the body: to read them may run code
    of the caller's."""
    read = pairs(headers, None)
    return {
        "headers": read,
        "body": body if type(body) is bytes else raw_body(body, headers),
        "url": _text(url, "url"),
        "method": _text(method, "method"),
        "now": milliseconds(time() if now is None else now),
    }


def _text(text: str | None, name: str) -> str | None:
    if text is not None and not isinstance(text, str):
        raise TypeError(f"{name} is str, not {kind(text)}")
    return text and no_surrogates(text)


def whole(number: object) -> int | None:
    """A number of seconds, or of bytes, as the core counts them."""
    if number is None:
        return None
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(f"a whole number is meant, not {kind(number)}")
    if not 0 <= int.__add__(number, 0) < 1 << 32:
        raise ValueError("a whole number from 0 to 4,294,967,295 is meant")
    return int.__add__(number, 0)


def no_surrogates(text: str) -> str:
    """The text; where it is no text, one that no name is, and that neither TOML nor JSON allows."""
    return "".join("\0" if "\ud800" <= each <= "\udfff" else each for each in text)


def milliseconds(now: object) -> int:
    """Unix time in milliseconds."""
    if isinstance(now, int) and not isinstance(now, bool):
        return _seconds(int.__add__(now, 0))
    if isinstance(now, float):
        return _seconds(float.__add__(now, 0.0))
    from datetime import datetime

    if not isinstance(now, datetime):
        raise TypeError(f"now is seconds, or an aware datetime, not {kind(now)}")
    if now.utcoffset() is None:
        raise TypeError("now is a naive datetime: give it a time zone, as datetime.now(UTC) does")
    return int(datetime.timestamp(now) * 1000)


def _seconds(seconds: int | float) -> int:
    if seconds != seconds or seconds in (float("inf"), float("-inf")):
        raise ValueError("now is no moment in time")
    if abs(seconds) > 1e11:
        raise TypeError("now is Unix time in seconds: this looks like milliseconds")
    return int(seconds * 1000)


def moment(millis: int | None) -> datetime | None:
    """An aware datetime. Of years that `datetime` does not have, nothing."""
    if millis is None:
        return None
    from datetime import datetime, timedelta, timezone

    try:
        return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=millis)
    except OverflowError:
        return None


def bound(body: Any, others: list[bool]) -> Bound:
    """What a signature covers."""
    from ._scheme import Bound

    return Bound(body, *others)
