"""What a signature covers, in words."""

from __future__ import annotations

from .. import Bound, Scheme

_BODY = {
    "whole": ("body", ""),
    "fields": ("fields of the body", "the rest of the body"),
    "checksum": ("a checksum of the body", "the body itself"),
    "nothing": ("", "body"),
}


def report(bound: Bound) -> dict[str, bool | str]:
    """What is covered, for programs."""
    covers = bound._asdict()
    coverage = covers.pop("body")
    return {"body": coverage == "whole", "body_coverage": coverage, **covers}


def named(bound: Bound) -> tuple[str, str]:
    """What is covered, and what is not, as two lists."""
    lists = tuple([word] if word else [] for word in _BODY[bound.body])
    for name, is_bound in (
        ("event id", bound.event_id),
        ("time", bound.timestamp),
        ("URL", bound.url),
        ("method", bound.method),
    ):
        lists[0 if is_bound else 1].append(name)
    return ", ".join(lists[0]), ", ".join(lists[1])


def weaknesses(scheme: Scheme) -> list[str]:
    """What is weak about a scheme, the gravest first."""
    return [finding.message for finding in scheme.lint() if finding.severity == "weak"]


def weakness(scheme: Scheme) -> str:
    """What has to be known of a scheme that does not cover the whole body: the gravest finding."""
    return "" if scheme.bound.body == "whole" else next(iter(weaknesses(scheme)), "")
