"""What is printed, and how values are written for people."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


class Failure(Exception):
    """Why a command could not do its work. Its text never quotes what was given."""

    def __init__(self, message: str, code: str = "usage") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def fail(failure: Failure, as_json: bool) -> int:
    """Reports a failure: a sentence on standard error, and the machine form where asked for."""
    warn(failure.message)
    if as_json:
        show_json({"verdict": "error", "code": failure.code, "message": failure.message})
    return 2


def warn(message: str) -> None:
    """A sentence on standard error."""
    print(f"hookseal: {message}", file=sys.stderr)


def show(text: str) -> None:
    """Writes to standard output, at once: so a reader that went away is noticed here. What its
    encoding has no character for is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def show_json(result: Any) -> None:
    """One line of JSON."""
    show(json.dumps(result, separators=(",", ":")) + "\n")


def is_coloured() -> bool:
    """Whether results have colours: where a person looks, unless `NO_COLOR` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def coloured(text: str, good: bool) -> str:
    """Bold green or red where a person looks."""
    return f"\x1b[1;{32 if good else 31}m{text}\x1b[0m" if is_coloured() else text


def printable(text: str, limit: int = 100) -> str:
    """Text of a sender, safe for a terminal: what steers or hides is escaped, and a
    long one is cut."""
    shown = "".join(
        each if each.isprintable() or each == " " else f"\\u{{{ord(each):x}}}"
        for each in text[:limit]
    )
    return shown + "…" if len(text) > limit else shown
