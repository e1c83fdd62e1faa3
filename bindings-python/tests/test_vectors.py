"""Every vector of `core/vectors`, through every shape of headers."""

from datetime import datetime, timezone

import pytest

import hookseal
from support import VECTORS, vector_body, vector_files

FILES = vector_files()

IMPORTED = 2256
"""Tests that are known to be there: fewer is a loss."""

ALL = 8301
"""With what is generated. A provider adds some."""

FAR = [("cloudinary-sha256", 10)]
"""Published with a clock that `now` does not take: seconds that would be milliseconds elsewhere."""


def found(scheme, test, shape):
    """What the package says, in the words of the vector."""
    body = vector_body(test)
    try:
        verifier = hookseal.Verifier(
            scheme,
            test["secrets"],
            body_limit=test.get("body_limit"),
            danger_weak_secret="allow_weak_secret" in test,
        )
        delivery = verifier.verify(
            body, shape, url=test.get("url"), method=test.get("method"), now=test["now"]
        )
    except (hookseal.SecretError, hookseal.VerificationError) as error:
        return {"expect": error.code}
    assert delivery.scheme == scheme
    assert delivery.danger_unsigned_body is body
    if delivery.bound.body == "whole":
        assert delivery.body is body
    else:
        with pytest.raises(hookseal.BodyUnsignedError):
            delivery.body  # noqa: B018
        with pytest.raises(hookseal.BodyUnsignedError):
            delivery.json()
    said = {
        "expect": "verified",
        "event_id": delivery.event_id,
        "event_type": delivery.event_type,
        "replay_key": delivery.replay_key(b"vectors").hex(),
        "secret_index": delivery.secret_index,
        "sent_at_ms": milliseconds(delivery.sent_at),
    }
    return {key: value for key, value in said.items() if key in test}


def milliseconds(moment):
    if moment is None:
        return None
    since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def shapes(pairs):
    """The same headers, as frameworks hand them over; a dict only where no name is there twice."""
    raw = [(name.encode(), value.encode()) for name, value in pairs]
    yield "ASGI", [(name.lower(), value) for name, value in raw]
    yield "pairs", tuple((name, value.encode().decode("latin-1")) for name, value in pairs)
    names = [name.lower() for name, _ in pairs]
    if len(set(names)) == len(names):
        yield "dict", {name: value.encode().decode("latin-1") for name, value in pairs}
        yield "lower case", {name.lower(): value.encode() for name, value in pairs}
        yield "CGI", {cgi(name): value.encode().decode("latin-1") for name, value in pairs}
    lists = {}
    for name, value in pairs:
        lists.setdefault(name.title(), []).append(value.encode().decode("latin-1"))
    yield "lists", lists


def cgi(name):
    name = name.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


TESTED = {"expect", "event_id", "event_type", "replay_key", "secret_index", "sent_at_ms"}


@pytest.mark.parametrize("scheme, file", [(file["scheme"], file) for _, file in FILES])
def test_verdicts(scheme, file):
    for test in file["tests"]:
        if is_far(test):
            with pytest.raises(TypeError, match="milliseconds"):
                found(scheme, test, test["headers"])
            continue
        wanted = {key: value for key, value in test.items() if key in TESTED}
        for shape, headers in shapes(test["headers"]):
            got = found(scheme, test, headers)
            assert got == wanted, f"{scheme}#{test['id']} as {shape}: {test['comment']}"


def is_far(test):
    return test["now"] > 1e11


def test_none_is_skipped():
    far = [
        (file["scheme"], test["id"]) for _, file in FILES for test in file["tests"] if is_far(test)
    ]
    assert far == FAR
    lines = (VECTORS / "COUNTS").read_text().splitlines()
    listed = {name: int(count) for name, count in (line.split() for line in lines)}
    imported = {
        file["scheme"]: len(file["tests"]) for path, file in FILES if path.parent == VECTORS
    }
    assert imported == listed
    assert sum(imported.values()) >= IMPORTED
    assert sum(len(file["tests"]) for _, file in FILES) >= ALL
    rows = {row.name for row in hookseal.providers()}
    assert rows == {file["scheme"] for _, file in FILES}
