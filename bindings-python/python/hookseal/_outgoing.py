"""A signature put where its provider puts it: into the headers, the body, the URL."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from time import time
from typing import Any, NamedTuple
from urllib.parse import quote

from . import Scheme, SchemeError, SigningError, sign
from ._python import row_of

PLACES = {
    "header": "header",
    "json": "JSON field",
    "form": "form field",
    "query": "query parameter",
    "claim": "claim of the JWS",
    "body": "the whole body",
}
"""Where a value can be, in words."""


class Elsewhere(NamedTuple):
    """A signature that is no header."""

    name: str
    value: str
    place: str


def facts(scheme: Scheme) -> dict[str, Any]:
    """The row of a scheme, as its file spells it."""
    return tomllib.loads(scheme.to_toml())


def source_of(source: dict[str, Any]) -> tuple[str, list[str]]:
    """The place of a value, and the names that it has there."""
    place = next(place for place in PLACES if place in source)
    return place, [] if place == "body" else source[place].split("|")


def header_of(source: dict[str, Any] | None) -> str | None:
    """The name of a header that a row reads, if it is a header."""
    names: str = (source or {}).get("header", "")
    return names.split("|")[0] or None


def signature_of(
    provider: Any,
    secret: str | bytes,
    body: bytes,
    *,
    headers: Sequence[tuple[str, str | bytes]] = (),
    **options: Any,
) -> tuple[dict[str, str], Elsewhere | None]:
    """The headers that sign a delivery, and the signature where it is no header."""
    scheme = Scheme._of(row_of(provider))
    row, given = facts(scheme), list(headers)
    _check_hash(row, body, options.get("url") or "")
    listed, timed = header_of(row.get("signed_headers")), header_of(row.get("timestamp"))
    is_apart = listed is not None and listed != header_of(row["signature"])
    added: dict[str, str] = {}
    if listed is not None and timed is not None and is_apart:
        # The time's header is among those that are signed, so it has to be there before them.
        names = _get(given, listed) or f"{listed},{timed}"
        added[listed] = names if isinstance(names, str) else names.decode("latin-1")
        given = _set(given, listed, added[listed])
        options["now"] = time() if options.get("now") is None else options["now"]
        first = sign(scheme, secret, body, headers=_set(given, timed, "0"), **options)
        given = _set(given, timed, first[timed])
    signed = sign(scheme, secret, body, headers=given, **options)
    identity = header_of(row.get("event_id"))
    if identity is not None and options.get("event_id") is not None and identity not in signed:
        added[identity] = options["event_id"]
    place, names_there = source_of(row["signature"])
    if place == "header":
        return added | signed, None
    value = _identified(row, secret) + signed.signature
    value = row["signature"].get("prefix", "").split("|")[0] + value
    return added | signed, Elsewhere(names_there[0] if names_there else "", value, place)


def place_in(signature: Elsewhere, url: str | None, body: bytes) -> tuple[str | None, bytes]:
    """URL and body with a signature that is no header. What was there in its place is replaced."""
    name, value, place = signature
    if place == "body":
        return url, value.encode()
    if place == "form":
        return url, _in_form(body, name, value)
    if place == "query":
        base, _, query = (url or "").partition("?")
        return f"{base}?{_in_form(query.encode(), name, value).decode()}", body
    if place == "json":
        try:
            return url, _in_json(body.decode(), name.split("."), value).encode()
        except ValueError:
            told = "the signature has no place in the body: it is a field of JSON objects"
            raise SigningError("malformed_body", told) from None
    raise SchemeError("cannot_sign", "the signature's place is not known")


def _get(headers: list[tuple[str, str | bytes]], name: str) -> str | bytes | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def _set(
    headers: list[tuple[str, str | bytes]], name: str, value: str
) -> list[tuple[str, str | bytes]]:
    return [pair for pair in headers if pair[0].lower() != name.lower()] + [(name, value)]


def _identified(row: dict[str, Any], secret: str | bytes) -> str:
    """The first half of a secret, where it stands before the signature."""
    mark, parts = row["signature"].get("key_mark"), row.get("key_id")
    if mark is None or parts is None:
        return ""
    text = secret if isinstance(secret, str) else secret.decode("utf-8", "replace")
    return text.rpartition(parts)[0] + str(mark)


def _check_hash(row: dict[str, Any], body: bytes, url: str) -> None:
    """Of a body that is no form the hash is signed, as a part of the URL: it must be there."""
    for check in row.get("checks", ()):
        if "query" in check and check["query"] not in url and body.lstrip()[:1] == b"{":
            raise SigningError(
                "missing_field",
                "a body that is no form needs its hash in the URL, as the query parameter "
                f"{check['query']}: {check['equals']}",
            )


def _in_form(form: bytes, name: str, value: str) -> bytes:
    """A form with one field, there once and at the end."""
    fields = [
        field for field in form.split(b"&") if field and field.partition(b"=")[0] != name.encode()
    ]
    return b"&".join([*fields, f"{quote(name, '')}={quote(value, '')}".encode()])


def _in_json(text: str, path: list[str], value: str) -> str:
    """A JSON text with a value at a path; all other values stay as they are written. `name[]` is
    every element of a list."""
    if not path:
        return json.dumps(value)
    name, rest = path[0].removesuffix("[]"), path[1:]
    members = _members(text)
    if name not in members:
        members[name] = "{}" if rest else "null"
    if path[0] == name:
        members[name] = _in_json(members[name], rest, value)
    else:
        each = [_in_json(element, rest, value) for element in _elements(members[name])]
        members[name] = f"[{','.join(each)}]"
    return "{" + ",".join(f"{json.dumps(key)}:{text}" for key, text in members.items()) + "}"


def _members(text: str) -> dict[str, str]:
    """The members of a JSON object, their values as they are written."""
    members, at = {}, _opened(text, "{")
    while text[at : at + 1] == '"':
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise ValueError("no object")
        members[key], at = _value(text, _skip(text, at + 1))
        at = _after_comma(text, at)
    _closed(text, at, "}")
    return members


def _elements(text: str) -> list[str]:
    """The elements of a JSON list, as they are written."""
    elements, at = [], _opened(text, "[")
    while text[at : at + 1] not in ("]", ""):
        element, at = _value(text, at)
        elements.append(element)
        at = _after_comma(text, at)
    _closed(text, at, "]")
    return elements


def _opened(text: str, bracket: str) -> int:
    at = _skip(text, 0)
    if text[at : at + 1] != bracket:
        raise ValueError("another kind of value")
    return _skip(text, at + 1)


def _closed(text: str, at: int, bracket: str) -> None:
    if text[at:].strip(_BLANKS) != bracket:
        raise ValueError("no end")


def _value(text: str, at: int) -> tuple[str, int]:
    end = _DECODER.raw_decode(text, at)[1]
    return text[at:end], end


def _after_comma(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at : at + 1] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _BLANKS:
        at += 1
    return at


_BLANKS = " \t\r\n"
_DECODER = json.JSONDecoder()
