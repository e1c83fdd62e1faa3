"""Secrets, schemes and deliveries, from what the flags name."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from difflib import get_close_matches
from typing import NamedTuple

from .. import Scheme, SchemeError
from .._python import row_of
from ..receive import BODY_LIMIT
from ._output import Failure

MAX_SECRET = 64 << 10
"""Larger than any secret; a larger file is not one."""

MAX_SCHEME = 1 << 20

MAX_CAPTURE = BODY_LIMIT * 2
"""A captured request may spell its body in base64, or with an escape for every other byte."""


class Given(NamedTuple):
    """A delivery as it was given."""

    method: str | None
    url: str | None
    headers: list[tuple[str, bytes]]
    body: bytes


def read(path: str, what: str, limit: int) -> bytes:
    """At most `limit` bytes and one more, by which the caller sees that there were too many."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(limit + 1)
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        place = "standard input" if path == "-" else path.encode("utf-8", "replace").decode()
        why = getattr(error, "strerror", None) or "that is no path"
        raise Failure(f"{what} cannot be read from {place}: {why}", "unreadable_file") from None


def scheme(args: Namespace) -> Scheme:
    """The row of the provider, or of the scheme file."""
    if args.provider is not None:
        return named(args.provider)
    if args.scheme is None:
        raise Failure("--provider <NAME> or --scheme <FILE> must be given")
    if args.scheme == "-":
        raise Failure("--scheme takes a file, not standard input")
    try:
        text = read(args.scheme, "the scheme", MAX_SCHEME).decode()
    except UnicodeDecodeError:
        told = "the scheme cannot be read: it is not UTF-8"
        raise Failure(told, "malformed_text") from None
    ending = os.path.splitext(args.scheme)[1]
    is_json = ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{"))
    try:
        return (Scheme.from_json if is_json else Scheme.from_toml)(text)
    except SchemeError as error:
        raise Failure(f"the scheme cannot be read: {error.message}", error.code) from None


def named(name: str) -> Scheme:
    """The row of a provider; where there is none the names that are most like it are told."""
    from typing import get_args

    from .._names import Provider

    try:
        return Scheme._of(row_of(name))
    except SchemeError as error:
        near = get_close_matches(name[:40].lower(), get_args(Provider), 3, 0)
        told = f"{error.message}; the nearest are {', '.join(near)}, and "
        raise Failure(f"{told}`python -m hookseal providers` lists all", error.code) from None


def secrets(args: Namespace) -> list[bytes]:
    """The secrets, byte for byte, in the order in which they were given."""
    if not args.secrets:
        raise Failure("give the secret: --secret-env NAME, --secret-file FILE or --secret SECRET")
    readers = {"--secret-env": _variable, "--secret-file": secret_file, "--secret": os.fsencode}
    return [readers[flag](value) for flag, value in args.secrets]


def secret_file(path: str) -> bytes:
    """What a file holds, unless it is too large to be a secret."""
    secret = read(path, "the secret", MAX_SECRET)
    if len(secret) > MAX_SECRET:
        raise Failure("the file of the secret is larger than 64 KiB: it is not one")
    return secret


def _variable(name: str) -> bytes:
    value = os.environ.get(name)
    if value is not None:
        return os.fsencode(value)
    if re.fullmatch("[A-Z0-9_]{1,64}", name):
        raise Failure(f"the environment variable {name} is not set")
    # Whoever types `--secret-env "$SECRET"` has given a secret for a name.
    raise Failure(
        "the environment variable that --secret-env names is not set; it takes a name, such as "
        "STRIPE_SECRET, not the secret itself"
    )


def delivery(args: Namespace) -> Given:
    """The delivery: its parts, or one captured request, of which a part that is given replaces the
    captured one."""
    method, url, captured, body = _captured(args)
    headers = [_header(os.fsencode(text)) for text in args.header]
    given = {name.lower() for name, _ in headers}
    kept = [(name, value) for name, value in captured if name.lower() not in given]
    if args.body is not None:
        body = read(args.body, "the body", BODY_LIMIT)
    return Given(
        args.method.upper() if args.method is not None else method,
        args.url if args.url is not None else url,
        kept + headers,
        body,
    )


def _captured(args: Namespace) -> Given:
    if args.request is None:
        if args.body is not None:
            return Given(None, None, [], b"")
        raise Failure(
            "give the delivery: --body FILE with its headers (-H 'Name: value'), or --request FILE "
            "for a captured one; - is standard input"
        )
    if args.request == args.body == "-":
        raise Failure("--body and --request cannot both be read from standard input")
    from .. import read_capture

    text = read(args.request, "the captured request", MAX_CAPTURE)
    if len(text) > MAX_CAPTURE:
        told = "the captured request is larger than 64 MiB: no delivery that is verified is"
        raise Failure(told, "body_too_large")
    try:
        captured = read_capture(text)
    except ValueError as error:
        told = getattr(error, "message", str(error))
        code = getattr(error, "code", "malformed_capture")
        raise Failure(f"the captured request cannot be read: {told}", code) from None
    return Given(captured.method, captured.url, list(captured.headers), captured.body)


def _header(text: bytes) -> tuple[str, bytes]:
    """`Name: value`. The value may be any bytes but line ends; the blanks around it are none of
    it."""
    name, colon, value = text.partition(b":")
    value = value.strip(b" \t")
    if not colon or not re.fullmatch(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name):
        raise Failure(_HEADER)
    if any(byte in value for byte in b"\r\n\0"):
        raise Failure(_HEADER)
    return name.decode("ascii"), value


_HEADER = (
    "a header is written 'Name: value', with a name of letters, digits and signs, and a value on "
    "one line"
)
