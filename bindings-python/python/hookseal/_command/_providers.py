"""The table, and what is known of one row."""

from __future__ import annotations

import re
import textwrap
from argparse import Namespace
from typing import Any

from .. import Scheme, providers
from .._outgoing import PLACES, facts, source_of
from ._bound import named, weaknesses
from ._input import named as row_named
from ._output import Failure, show, show_json


def run(args: Namespace) -> int:
    """Prints the table, or one row."""
    if args.toml and args.name is None:
        raise Failure("--toml shows one provider: give its name")
    if args.name is None:
        rows = providers()
        if args.json:
            show_json([_row(row) for row in rows])
        else:
            show("".join(_line(row) for row in rows))
        return 0
    scheme = row_named(args.name)
    if args.toml:
        if args.json:
            raise Failure("--toml and --json exclude each other")
        show(scheme.to_toml())
    elif args.json:
        show_json(_row(scheme))
    else:
        show(_card(scheme))
    return 0


def _row(scheme: Scheme) -> dict[str, Any]:
    """A row, for programs."""
    row, bound = facts(scheme), scheme.bound
    return {
        "name": scheme.name,
        "algorithm": scheme.algorithm,
        "place": source_of(row["signature"])[0],
        "encoding": row["encoding"],
        "key_id": row.get("key_id"),
        "signed": scheme.signed,
        **{key: _names(row, place) for key, place in _READ.items()},
        "body_bound": bound.body == "whole",
        "body_coverage": bound.body,
        "id_bound": bound.event_id,
        "time_bound": bound.timestamp,
        "url_bound": bound.url,
        "method_bound": bound.method,
        "admits": row.get("admits", []),
        "retry": scheme.retry,
        "confidence": scheme.confidence,
        "source": scheme.source,
        "findings": [finding._asdict() for finding in scheme.lint()],
    }


_READ = {
    "headers": "header",
    "body_fields": "json",
    "form_fields": "form",
    "query_parameters": "query",
    "claims": "claim",
}


def _names(row: dict[str, Any], place: str) -> list[str]:
    """The names of one place that a row reads, each once, in the order of the walk."""
    sources = [row.get(key) for key in ("signature", "timestamp", "event_id", "event_type")]
    sources += [row.get("signed_headers"), *row.get("checks", [])]
    names = [name for source in sources if source for name in source.get(place, "").split("|")]
    word = r"json(?:\|[^:}]*)?" if place == "json" else place
    names += re.findall(rf"\{{{word}:([^}}]*)\}}", row["signed"])
    return list(dict.fromkeys(filter(None, names)))


def _line(scheme: Scheme) -> str:
    """A row on one line, its cells parted by tabs."""
    place, names = source_of(facts(scheme)["signature"])
    at = names[0] if place == "header" else place if place == "body" else f"{place}:{names[0]}"
    return (
        "\t".join((scheme.name, scheme.algorithm, at, named(scheme.bound)[0] or "NOTHING")) + "\n"
    )


def _card(scheme: Scheme) -> str:
    """What is known of a row, for a person."""
    row = facts(scheme)
    kept, free = named(scheme.bound)
    lines = [("algorithm", f"{scheme.algorithm}, in {row['encoding']}")]
    for label, key in (("signature", "signature"), ("time", "timestamp"), ("event id", "event_id")):
        if key in row:
            place, names = source_of(row[key])
            lines.append((label, f"{PLACES[place]} {' or '.join(names)}".rstrip()))
    shown = "".join(repr(each)[1:-1] if ord(each) < 32 else each for each in scheme.signed)
    lines += [("signed", shown), ("binds", kept or "NOTHING"), ("not bound", free)]
    lines += [("known from", f"{scheme.confidence}: {scheme.source}".removesuffix(": "))]
    lines += [("WARNING", text) for text in weaknesses(scheme)]
    text = f"{scheme.name}\n"
    for label, value in lines:
        if value:
            text += textwrap.fill(
                value,
                80,
                initial_indent=f"  {label:<12}",
                subsequent_indent=" " * 14,
                break_on_hyphens=False,
            )
            text += "\n"
    return text
