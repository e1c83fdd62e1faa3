"""Whatever comes in, what comes out is a result, one of our exceptions, or a `TypeError`.

What an object of the caller's own raises goes through as it is.
"""

import json
from collections import UserDict
from datetime import timezone

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import hookseal
from support import NOW, SECRETS, signed

OURS = (
    hookseal.VerificationError,
    hookseal.SecretError,
    hookseal.SchemeError,
    hookseal.SigningError,
    hookseal.CaptureError,
)
MANY = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))

VERIFIERS = [hookseal.Verifier(row, secret) for row, secret in SECRETS.items()] + [
    hookseal.Verifier("telegram", "a token of at least 16 bytes"),  # a token
    hookseal.Verifier("hook0", "a secret of at least 16 bytes"),  # names its headers itself
    hookseal.Verifier("adyen", "44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056"),
    hookseal.Verifier("twilio", "a secret of at least 16 bytes"),  # form and URL
]


class Own(Exception):
    """What an object of the caller's raises."""


class OfStr(str):
    def __str__(self):
        raise Own

    __hash__ = str.__hash__

    def __eq__(self, other):
        raise Own

    def lower(self):
        raise Own

    def encode(self, *_):
        raise Own


class OfBytes(bytes):
    def __bytes__(self):
        raise Own

    def __len__(self):
        return 1 << 40


class OfDict(dict):
    def __getitem__(self, key):
        raise Own

    def items(self):
        return [("webhook-id", "a"), ("webhook-id", "b")]


class Raising(UserDict):
    def __getitem__(self, key):
        raise Own


class Lookup:
    def getlist(self, name):
        return [name, 1, b"\xff", "\udcff"]


texts = st.text(st.characters(blacklist_categories=()), max_size=40)  # with surrogates
numbers = st.integers() | st.floats() | st.just(10**4000)
names = st.sampled_from(["webhook-id", "Webhook-Signature", "HTTP_WEBHOOK_ID", "stripe-signature"])
scalars = st.none() | st.booleans() | numbers | texts | st.binary(max_size=40)
strange = st.sampled_from(
    [OfStr("webhook-id"), OfBytes(b"x"), OfDict(a=1), Raising(a=1), Lookup(), object(), OfStr]
)
values = scalars | strange | st.lists(scalars, max_size=3) | st.tuples(texts, texts)
keys = names | texts | st.binary(max_size=20) | st.builds(OfStr, names) | numbers
hashable = keys.filter(lambda key: key == key)
pairs = st.lists(st.tuples(keys, values), max_size=4)
headers = (
    st.dictionaries(names | texts, values, max_size=4)
    | st.dictionaries(st.binary(max_size=20) | numbers, values, max_size=3)
    | st.builds(OfDict, st.dictionaries(texts, values, max_size=3))
    | st.builds(UserDict, st.dictionaries(names | texts, values, max_size=3))
    | pairs
    | values
)
bodies = (
    st.binary(max_size=200)
    | st.builds(bytearray, st.binary(max_size=50))
    | values
    | st.dictionaries(texts, texts)
)
moments = (
    st.none()
    | numbers
    | st.datetimes()
    | st.datetimes(timezones=st.just(timezone.utc))
    | texts
    | st.booleans()
)


def holds(call, *arguments, **options):
    """The result, or one of the exceptions that may be."""
    try:
        return call(*arguments, **options)
    except OURS as error:
        assert error.code and error.message
    except (TypeError, Own):
        pass
    return None


@MANY
@given(
    st.sampled_from(VERIFIERS),
    bodies,
    headers,
    st.none() | texts | scalars,
    st.none() | texts,
    moments,
)
@example(VERIFIERS[0], b"", {}, None, None, float("nan"))
@example(VERIFIERS[0], b"", {"webhook-id": "\ud800"}, "\ud800", "\ud800", NOW)
def test_verify_of_anything(verifier, body, given_headers, url, method, now):
    try:
        delivery = holds(verifier.verify, body, given_headers, url=url, method=method, now=now)
    except ValueError as error:
        assert "no moment in time" in str(error) and isinstance(now, float)
        return
    assert delivery is None or verifier.scheme.name == "telegram"


@MANY
@given(st.binary(max_size=300), headers, st.sampled_from(list(SECRETS)), st.booleans())
def test_a_genuine_delivery_among_strange_headers(body, others, row, first):
    genuine = signed(row, body)
    if type(others) is not dict:
        others = {}
    together = others | genuine if first else genuine | others
    verifier = hookseal.Verifier(row, SECRETS[row])
    delivery = holds(verifier.verify, body, together, now=NOW)
    if delivery is not None:
        assert delivery.body is body and delivery.scheme == row
        assert delivery.secret_index == 0 and len(delivery.replay_key(body)) == 32
        assert delivery.event_id is None or isinstance(delivery.event_id, str)
        try:
            assert delivery.json() == json.loads(body)
        except (ValueError, RecursionError):
            pass


@MANY
@given(st.sampled_from(list(SECRETS)), st.binary(min_size=1, max_size=100), st.data())
def test_one_byte_of_another_body_is_refused(row, body, data):
    at = data.draw(st.integers(0, len(body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda it: it != body[at]))
    forged = body[:at] + bytes([byte]) + body[at + 1 :]
    verifier = hookseal.Verifier(row, SECRETS[row])
    genuine = signed(row, body)
    assert verifier.verify(body, genuine, now=NOW).body is body
    assert holds(verifier.verify, forged, genuine, now=NOW) is None


facts = st.recursive(
    scalars | strange, lambda it: st.lists(it, max_size=3) | st.dictionaries(texts, it, max_size=3)
)
words = st.sampled_from(
    [
        "name",
        "base",
        "signature",
        "encoding",
        "signed",
        "algorithm",
        "key",
        "timestamp",
        "event_id",
        "checks",
        "admits",
    ]
)
sources = st.fixed_dictionaries(
    {"header": texts},
    optional={"split": texts, "prefix": texts, "clock": st.just("seconds"), "names": texts},
)
templates = st.lists(
    st.sampled_from(
        [
            "{body}",
            "{timestamp}",
            "{",
            "}",
            "[",
            "]",
            "{header:a}",
            "{url}",
            ".",
            "\n",
            "{body|sha256}",
        ]
    )
).map("".join)


@MANY
@given(st.dictionaries(words | texts, facts | sources | templates | st.just("github"), max_size=6))
@example({"name": "x", "base": "github", "signature": {"header": "a"}})
def test_a_scheme_of_anything(keys):
    scheme = holds(hookseal.Scheme, **keys)
    if scheme is not None:
        assert isinstance(scheme.name, str) and scheme.lint() is not None
        assert hookseal.Scheme.from_toml(scheme.to_toml()).name == scheme.name
        holds(hookseal.Verifier, scheme, "a secret of at least 16 bytes")


@MANY
@given(st.text(st.characters(blacklist_categories=()), max_size=300) | templates)
def test_a_scheme_of_any_text(text):
    holds(hookseal.Scheme.from_toml, text)
    holds(hookseal.Scheme.from_json, text)


@MANY
@given(values, values | st.lists(values, max_size=5))
def test_a_verifier_of_anything(provider, secret):
    holds(hookseal.Verifier, provider, secret)
    holds(hookseal.Verifier, "stripe", secret, danger_weak_secret=True)


@MANY
@given(headers)
def test_detect_of_anything(given_headers):
    found = holds(hookseal.detect, given_headers)
    assert found is None or all(isinstance(name, str) for name in found)


@MANY
@given(st.sampled_from([row.name for row in hookseal.providers()]), bodies, headers, texts, texts)
def test_a_handshake_of_anything(row, body, given_headers, url, method):
    holds(hookseal.handshake, row, body, given_headers, method=method, url=url, now=NOW)
    holds(hookseal.enrol, row, body, given_headers, method=method, url=url)


@MANY
@given(st.sampled_from(list(SECRETS)), values, bodies, headers, st.none() | texts, st.none() | texts)
def test_an_explanation_of_anything(row, secret, body, given_headers, url, method):
    options = {"url": url, "method": method, "now": NOW}
    found = holds(hookseal.explain, row, secret, body, given_headers, **options)
    assert found is None or (found.causes and str(found) and found.to_dict())


@MANY
@given(values | st.text(max_size=200).map(str.encode))
def test_a_capture_of_anything(captured):
    holds(hookseal.read_capture, captured)
