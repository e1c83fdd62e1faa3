"""What can be typed after `inbox`."""

from __future__ import annotations

import argparse
from typing import get_args


def add_inbox(parser: argparse.ArgumentParser) -> None:
    """The flags of `inbox`."""
    from ..claims import State

    add = parser.add_argument
    add(
        "doing",
        choices=("list", "again", "forget"),
        help="List entries; have failed ones run again; or delete those that were handled and "
        "need not be known any longer",
    )
    add("keys", nargs="*", type=_key, metavar="KEY", help="For again: the keys, as list shows them")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--sqlite", metavar="FILE", help="The inbox is in this file")
    whose.add_argument(
        "--postgres",
        metavar="DSN",
        help="The inbox is in this database; keep a password of it in PGPASSFILE or PGPASSWORD",
    )
    add("--all", action="store_true", help="For again: all that have failed")
    add(
        "--state",
        choices=get_args(State),
        default="failed",
        help="For list: what is in this state; without it what has failed",
    )
    add("--most", type=_count, default=1000, metavar="N", help="So many at a time; 1000")


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != 32:
        raise ValueError
    return key


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10):
        raise ValueError
    return int(text)
