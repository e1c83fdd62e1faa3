"""Headers of any shape but a plain `dict`, which the native half reads itself."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def pairs(headers: object, names: list[str] | None) -> list[tuple[str, bytes]]:
    """Names in lower case, and values as they came over the wire: of `names`, or all."""
    found = []
    for name, value in _found(headers, names):
        name = _name(name)
        if name and (names is None or name in names):
            values = value if isinstance(value, (list, tuple)) else (value,)
            found += [(name, _value(one)) for one in values]
    return found


def _found(headers: object, names: list[str] | None) -> Iterable[tuple[object, object]]:
    """What knows repeats is asked for each name; else all that is there is read, once."""
    if names is not None and type(headers) is not dict:
        for getter in ("getlist", "get_list", "getall", "get_all"):
            get = getattr(headers, getter, None)
            if get is not None:
                return [(name, _values(get, name)) for name in names]
    items = getattr(headers, "items", None)
    listed = headers if items is None else items()
    if isinstance(listed, (str, bytes)) or not hasattr(listed, "__iter__"):
        raise TypeError(f"headers are a mapping, or pairs of name and value, not {kind(headers)}")
    return [_pair(pair) for pair in listed]


def _values(get: object, name: str) -> list[object]:
    try:
        values = get(name)  # type: ignore[operator]
    except KeyError:
        return []
    return [] if values is None else list(values)


def _pair(pair: object) -> tuple[object, object]:
    if isinstance(pair, (tuple, list)) and len(pair) == 2:
        return pair[0], pair[1]
    raise TypeError("headers are a mapping, or pairs of name and value")


def _name(name: object) -> str:
    """A header's name in lower case, also where it is spelled as CGI does, and so WSGI and Django's
    `META`. One that no header can have is none."""
    if isinstance(name, (bytes, bytearray)):
        name = memoryview(name).tobytes().decode("latin-1")
    if not isinstance(name, str):
        raise TypeError(f"a header's name is str or bytes, not {kind(name)}")
    if not str.isascii(name):
        return ""
    if str.startswith(name, "HTTP_"):
        name = str.replace(name[5:], "_", "-")
    elif name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        name = str.replace(name, "_", "-")
    return str.lower(name)


def _value(value: object) -> bytes:
    """Frameworks decode headers as Latin-1. One that does it as UTF-8 gives characters that Latin-1
    lacks, or surrogates for what is no UTF-8."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return memoryview(value).tobytes()
    if not isinstance(value, str):
        raise TypeError(f"a header's value is str or bytes, or a list of them, not {kind(value)}")
    try:
        return str.encode(value, "latin-1")
    except UnicodeEncodeError:
        return encoded(value)


def encoded(text: str) -> bytes:
    """UTF-8; what Python has decoded from other bytes becomes those bytes again."""
    try:
        return str.encode(text, "utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return str.encode(text, "utf-8", "surrogatepass")


def kind(value: object) -> str:
    """The name of a value's type."""
    return type(value).__name__
