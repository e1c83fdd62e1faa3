"""`sign` against the `hmac` of the standard library: an independent reading of each row's TOML,
with its own content, its own key and its own tag."""

import base64
import hashlib
import hmac
import json
import re
import tomllib
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

import hookseal
from support import vector_body, vector_files

ROWS = {row.name: tomllib.loads(row.to_toml()) for row in hookseal.providers()}
HMAC = {name: row for name, row in ROWS.items() if row["algorithm"].startswith("hmac-")}

CHECKED = 226
"""Rows that the reading below understands; more words, more rows."""


class Unread(Exception):
    """A word that this reading does not know."""


def genuine():
    """The genuine deliveries of each row: its vectors that verify."""
    found = {}
    for _, file in vector_files():
        for test in file["tests"]:
            if test["expect"] == "verified" and test["now"] < 1e11:
                found.setdefault(file["scheme"], []).append(test)
    return found


VECTORS_OF = genuine()
GENUINE = {name: tests[0] for name, tests in VECTORS_OF.items()}


def sign(name, test, now=None):
    """Headers as `sign` makes them for the same event."""
    secret = test["secrets"][test["secret_index"]]
    return hookseal.sign(
        name,
        secret,
        vector_body(test),
        event_id=event_id(name, test),
        now=test["now"] if now is None else now,
        url=test.get("url"),
        method=test.get("method"),
        headers=[(key, value.encode()) for key, value in test["headers"]],
        danger_weak_secret=True,
    )


def event_id(name, test):
    source = ROWS[name].get("event_id", {})
    headers = {key.lower(): value for key, value in test["headers"]}
    for header in source.get("header", "").lower().split("|"):
        if header in headers:
            return headers[header]
    return "msg_1" if ROWS[name]["encoding"] == "jws" else None


class Reading:
    """What is signed, by the words of the row's template."""

    def __init__(self, name, test, signed):
        self.row, self.test = HMAC[name], test
        self.body = vector_body(test)
        self.secret = test["secrets"][test["secret_index"]]
        self.headers = {key.lower(): value.encode() for key, value in test["headers"]}
        self.headers |= {key.lower(): value.encode() for key, value in signed.items()}
        self.id = b""
        if "key_id" in self.row and self.row["key_id"] in self.secret:
            identity, _, self.secret = self.secret.rpartition(self.row["key_id"])
            self.id = identity.encode()

    def value(self, source):
        """The value of a source in a header, or of a field."""
        if "header" in source:
            names = [it for it in source["header"].lower().split("|") if it in self.headers]
            value = self.headers[names[0]].decode("latin-1")
        elif "json" in source:
            value = self.json(source["json"].split("|")[0])
        elif "form" in source:
            value = dict(parse_qsl(self.body.decode(), keep_blank_values=True))[source["form"]]
        else:
            raise Unread(source)
        prefixes = source.get("prefix", "").split("|")
        parts = (
            re.split("[" + re.escape(source["split"]) + "]", value)
            if "split" in source
            else [value]
        )
        for part in parts:
            for prefix in prefixes:
                if part.startswith(prefix):
                    return part.removeprefix(prefix).encode("latin-1")
        raise Unread(source)

    def json(self, path):
        """The text of a string, or of a number as it is written."""
        value = json.loads(self.body, parse_int=str, parse_float=str)
        for step in path.split("."):
            value = value[step]
        return value

    def word(self, word):
        if word == "body":
            return self.body
        if word == "timestamp":
            return self.value(self.row["timestamp"])
        if word == "event_id":
            return self.value(self.row["event_id"])
        if word == "key_id":
            return self.id
        if word == "secret":
            return self.secret.encode()
        if word == "url":
            return self.test["url"].encode()
        if word == "url|base":
            return self.test["url"].partition("?")[0].encode()
        if word == "path":
            return urlsplit(self.test["url"]).path.encode()
        if word == "method":
            return self.test["method"].encode()
        if word == "body|sha256":
            return hashlib.sha256(self.body).digest()
        if word == "body|sha256|hex":
            return hashlib.sha256(self.body).hexdigest().encode()
        if word == "body|md5|base64":
            return base64.b64encode(hashlib.md5(self.body).digest())
        if word.startswith("header:"):
            return self.headers[word.removeprefix("header:").lower()]
        if word.startswith("json:"):
            return self.json(word.removeprefix("json:")).encode()
        if word.startswith("form:"):
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True))[word[5:]].encode()
        raise Unread(word)

    def content(self):
        template = self.row["signed"]
        if re.search(r"\{\{|\}\}|\[|\]", template):
            raise Unread(template)
        pieces = re.split(r"\{([^}]*)\}", template)
        read = [self.word(piece) if at % 2 else piece.encode() for at, piece in enumerate(pieces)]
        return b"".join(read)

    def key(self):
        key = self.row["key"]
        spelling, prefix = (
            (key, "") if isinstance(key, str) else (key["format"], key.get("prefix", ""))
        )
        secret = self.secret.removeprefix(prefix)
        if spelling == "text":
            return secret.encode()
        if spelling == "base64":
            return base64.b64decode(secret, validate=True)
        if spelling == "hex":
            return bytes.fromhex(secret)
        if spelling == "sha1":
            return hashlib.sha1(secret.encode()).digest()
        if spelling == "after-timestamp":
            return self.word("timestamp") + secret.encode()
        raise Unread(spelling)

    def tag(self, content):
        algorithm = self.row["algorithm"].removeprefix("hmac-")
        tag = hmac.digest(self.key(), content, algorithm)
        return {
            "hex": tag.hex(),
            "hex-any-case": tag.hex(),
            "hex-or-base64": tag.hex(),
            "base64": base64.b64encode(tag).decode(),
            "base64url": base64.urlsafe_b64encode(tag).decode().rstrip("="),
            "base64url-padded": base64.urlsafe_b64encode(tag).decode(),
            "base64-of-hex": base64.b64encode(tag.hex().encode()).decode(),
        }[self.row["encoding"]]


def check(name):
    """Whether the row was understood; fails where the tags differ."""
    test = GENUINE[name]
    signed = sign(name, test)
    reading = Reading(name, test, signed)
    if HMAC[name]["encoding"] == "jws":
        content, _, tag = signed.signature.rpartition(".")
        wanted = hmac.digest(reading.key(), content.encode(), HMAC[name]["algorithm"][5:])
        assert tag == base64.urlsafe_b64encode(wanted).decode().rstrip("="), name
        return True
    try:
        content = reading.content()
        wanted = reading.tag(content)
    except Unread:
        return False
    assert signed.signature == wanted, name
    if "header" in HMAC[name]["signature"]:
        assert any(wanted in value for value in signed.values()), name
    assert content not in (b"", b"."), name
    return True


def test_hmac_rows_are_signed_as_the_standard_library_signs():
    assert len(HMAC) >= 245
    checked = [name for name in HMAC if check(name)]
    others = HMAC.keys() - set(checked)
    assert len(checked) >= CHECKED, sorted(others)
    for name in others:
        assert any(is_signed_as_the_provider_does(name, test) for test in VECTORS_OF[name]), name


def is_signed_as_the_provider_does(name, test):
    """Whether the signature is that of the vector, where the content is hard to read anew."""
    signed = sign(name, test, now=test.get("sent_at_ms", test["now"] * 1000) / 1000)
    places = [value for _, value in test["headers"]]
    places += [unquote(vector_body(test).decode()), unquote(test.get("url", ""))]
    if HMAC[name]["encoding"] == "hex-any-case":
        places = [place.lower() for place in places]
    return any(signed.signature in place for place in places)


def test_the_reading_notices_another_content():
    """The control: with one byte more the tags differ."""
    test = GENUINE["stripe"]
    signed = sign("stripe", test)
    reading = Reading("stripe", test, signed)
    assert reading.tag(reading.content()) == signed.signature
    assert reading.tag(reading.content() + b" ") != signed.signature


def in_header_and_under_a_shared_key(name):
    return (
        "header" in ROWS[name]["signature"]
        and ROWS[name]["key"] != "public-key"
        and not (
            isinstance(ROWS[name]["key"], dict) and ROWS[name]["key"]["format"] == "public-key"
        )
    )


@pytest.mark.parametrize("name", [it for it in ROWS if in_header_and_under_a_shared_key(it)])
def test_what_is_signed_verifies(name):
    test = GENUINE[name]
    headers = {key.lower(): value.encode() for key, value in test["headers"]}
    if "key_mark" in ROWS[name]["signature"]:
        with pytest.raises(hookseal.SchemeError, match="cannot_sign"):
            sign(name, test)
        return
    headers |= {key.lower(): value.encode() for key, value in sign(name, test).items()}
    verifier = hookseal.Verifier(name, test["secrets"], danger_weak_secret=True)
    verifier.verify(
        vector_body(test), headers, url=test.get("url"), method=test.get("method"), now=test["now"]
    )


def test_a_private_key_signs_what_its_public_key_verifies():
    from support import VECTORS

    private = (VECTORS / "keys" / "ed25519.pem").read_text()
    public = (VECTORS / "keys" / "ed25519.pub.pem").read_text()
    headers = hookseal.sign("discord", private, b"{}", now=1_700_000_000)
    verifier = hookseal.Verifier("discord", public)
    assert verifier.verify(b"{}", headers, now=1_700_000_000).body == b"{}"


def test_what_is_missing_is_told():
    with pytest.raises(hookseal.SigningError) as caught:
        hookseal.sign("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b"{}")
    assert caught.value.code == "missing_event_id"
    with pytest.raises(hookseal.SecretError) as caught:
        hookseal.sign("github", "short", b"{}")
    assert caught.value.code == "weak_secret"
