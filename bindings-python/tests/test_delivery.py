"""What a delivery, a verifier and a scheme are, and are not."""

import copy
import json
import pickle
from datetime import datetime, timezone

import pytest

import hookseal
from support import NOW, SECRETS, VECTORS, code_of, signed, verifier, verify

BODY = b'{"id":"evt_1","type":"invoice.paid"}'


def test_all_that_a_delivery_says():
    delivery = verify("stripe", signed("stripe", BODY), BODY)
    assert delivery.body is BODY and delivery.danger_unsigned_body is BODY
    assert delivery.json() == {"id": "evt_1", "type": "invoice.paid"}
    assert (delivery.event_id, delivery.event_type) == ("evt_1", "invoice.paid")
    assert delivery.sent_at == datetime.fromtimestamp(NOW, timezone.utc)
    assert (delivery.secret_index, delivery.scheme) == (0, "stripe")
    assert delivery.bound == hookseal.Bound("whole", True, True, False, False)
    key = delivery.replay_key()
    assert type(key) is bytes and len(key) == 32
    assert delivery.replay_key(b"") == key != delivery.replay_key(b"tenant")


def test_a_delivery_outlives_all_that_it_was_made_of():
    def made():
        return verify(
            "standard-webhooks", signed("standard-webhooks", BODY), bytes(bytearray(BODY))
        )

    deliveries = [made() for _ in range(100)]
    assert {delivery.event_id for delivery in deliveries} == {"msg_1"}
    assert len({delivery.replay_key() for delivery in deliveries}) == 1
    assert {delivery.body for delivery in deliveries} == {BODY}


def test_headers_that_change_later_change_no_delivery():
    headers = signed("standard-webhooks")
    delivery = verify("standard-webhooks", headers)
    headers["webhook-id"] = "msg_2"
    assert delivery.event_id == "msg_1"


def test_json_is_that_of_the_standard_library():
    twice = b'{"a":1,"a":2}'
    assert verify("github", signed("github", twice), twice).json() == {"a": 2}
    wrong = b"not json"
    with pytest.raises(json.JSONDecodeError):
        verify("github", signed("github", wrong), wrong).json()


def test_a_body_that_is_not_signed_is_no_body():
    secret = "a token of at least 16 bytes"
    delivery = hookseal.verify("telegram", secret, BODY, hookseal.sign("telegram", secret, BODY))
    for read in (lambda: delivery.body, delivery.json):
        with pytest.raises(hookseal.BodyUnsignedError) as caught:
            read()
        assert caught.value.code == "token_binds_nothing"
    assert not isinstance(caught.value, (hookseal.VerificationError, AttributeError, ValueError))
    assert delivery.danger_unsigned_body is BODY
    assert delivery.bound.body == "nothing"


def test_every_row_gives_a_body_just_where_it_signs_one():
    unsigned = [row.name for row in hookseal.providers() if row.bound.body != "whole"]
    assert len(unsigned) > 30
    for row in hookseal.providers():
        first = next(iter(row.lint()), None)
        says_so = first is not None and first.code in {
            "token_binds_nothing", "body_unsigned", "claims_only", "fields_only", "checksum_only"
        }  # fmt: skip
        assert says_so == (row.name in unsigned), row.name


@pytest.mark.parametrize("name", ["body", "event_id", "secret_index", "bound", "new"])
def test_a_delivery_is_frozen(name):
    delivery = verify("github", signed("github"))
    with pytest.raises(AttributeError):
        setattr(delivery, name, b"forged")


def test_no_delivery_is_made_by_hand():
    for make in (hookseal.Delivery, lambda: object.__new__(hookseal.Delivery)):
        with pytest.raises(TypeError):
            make()
    with pytest.raises(TypeError):
        type("Forged", (hookseal.Delivery,), {})


@pytest.mark.parametrize(
    "made", [verifier, lambda row: verify(row, signed(row)), lambda row: verifier(row).scheme]
)
def test_nothing_is_pickled(made):
    thing = made("github")
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(thing)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(thing, protocol)


def test_no_repr_shows_what_it_holds():
    headers = signed("stripe", BODY)
    made = verifier("stripe")
    delivery = made.verify(BODY, headers, now=NOW)
    assert repr(made) == "<hookseal.Verifier of 'stripe'>"
    assert repr(delivery) == '<hookseal.Delivery of "stripe">'
    assert repr(made.scheme) == "<hookseal.Scheme 'stripe'>"
    shown = "".join(f"{it!r}{it}" for it in (made, delivery, made.scheme))
    for hidden in (SECRETS["stripe"], "evt_1", *headers.values()):
        assert hidden not in shown


def test_no_error_shows_a_secret_a_header_or_a_body():
    secret = "Sentinel-secret-0123456789"
    errors = []
    for headers in ({}, {"stripe-signature": "Sentinel-header"}, {"stripe-signature": "t=1,v1=5e"}):
        with pytest.raises(hookseal.VerificationError) as caught:
            hookseal.verify("stripe", secret, b"Sentinel-body", headers)
        errors.append(caught.value)
    with pytest.raises(hookseal.SecretError) as weak:
        hookseal.Verifier("standard-webhooks", "Sentinel!")
    errors.append(weak.value)
    for error in errors:
        assert "Sentinel" not in f"{error!r}{error}{error.args}{vars(error)}"


ACME = {
    "name": "acme",
    "signature": {"header": "acme-signature", "split": ",", "prefix": "v1="},
    "timestamp": {"header": "acme-signature", "split": ",", "prefix": "t=", "clock": "seconds"},
    "signed": "{timestamp}.{body}",
    "checks": [{"header": "acme-version", "equals": "1"}],
}
SECRET = "a secret of at least 16 bytes"


def test_a_scheme_of_ones_own():
    scheme = hookseal.Scheme(**ACME)
    headers = hookseal.sign(scheme, SECRET, BODY, now=NOW)
    assert set(headers) == {"acme-signature", "acme-version"}
    assert hookseal.Verifier(scheme, SECRET).verify(BODY, headers, now=NOW).scheme == "acme"
    for other in (
        hookseal.Scheme.from_toml(scheme.to_toml()),
        hookseal.Scheme.from_json(json.dumps(ACME)),
    ):
        assert other.to_toml() == scheme.to_toml()
        made = hookseal.Verifier(other, SECRET)
        del other
        assert made.verify(BODY, headers, now=NOW).body is BODY
        assert code_of(made.verify, BODY + b" ", headers, now=NOW) == "signature_mismatch"
    assert (scheme.name, scheme.algorithm, scheme.signed) == ("acme", "hmac-sha256", ACME["signed"])
    assert (scheme.retry, scheme.confidence, scheme.source) == ("unknown", "custom", "")
    assert scheme.bound == ("whole", False, True, False, False)
    with pytest.raises(AttributeError):
        scheme.name = "other"


def test_every_row_is_read_back_from_its_text():
    rows = hookseal.providers()
    assert len(rows) >= 286
    for row in rows:
        assert hookseal.Scheme.from_toml(row.to_toml()).to_toml() == row.to_toml()
    assert {finding.severity for row in rows for finding in row.lint()} == {"weak", "note"}


@pytest.mark.parametrize(
    "keys, code, key",
    [
        ({}, "missing_key", "signature"),
        ({**ACME, "encodin": "hex"}, "unknown_key", "encodin"),
        ({**ACME, "encoding": "hax"}, "unknown_word", "encoding"),
        ({**ACME, "signed": "{timestamp"}, "malformed_template", "signed"),
        ({**ACME, "signed": "{timestamp}"}, "content_unsigned", ""),
        ({**ACME, "signed": "{body}"}, "timestamp_unsigned", ""),
        ({**ACME, "signature": 1}, "wrong_type", "signature"),
        ({**ACME, "name": "\ud800"}, "malformed_text", ""),
        ({**ACME, "name": float("nan")}, "malformed_text", ""),
        ({**ACME, "timestamp": None}, "missing_source", ""),
        ({**ACME, "source": "x" * 70_000}, "text_too_large", ""),
    ],
)
def test_what_is_wrong_with_a_scheme(keys, code, key):
    with pytest.raises(hookseal.SchemeError) as caught:
        hookseal.Scheme(**keys)
    assert (caught.value.code, caught.value.key) == (code, key)


def test_values_that_no_scheme_has():
    endless = {}
    endless["checks"] = endless
    with pytest.raises(hookseal.SchemeError):
        hookseal.Scheme(**endless)
    with pytest.raises(hookseal.SchemeError):
        hookseal.Scheme(**ACME, source=10**5000)
    with pytest.raises(TypeError):
        hookseal.Scheme(name=object())
    for read in (hookseal.Scheme.from_toml, hookseal.Scheme.from_json):
        for text in ("\0", "\ud800", "{", "name ="):
            with pytest.raises(hookseal.SchemeError) as caught:
                read(text)
            assert caught.value.code == "malformed_text"
        with pytest.raises(TypeError):
            read(1)


def test_detect():
    for row in ("github", "stripe", "standard-webhooks"):
        headers = signed(row) | {"x-github-event": "push"} if row == "github" else signed(row)
        for shape in (headers, list(headers.items()), {k.title(): v for k, v in headers.items()}):
            assert row in hookseal.detect(shape)
    assert hookseal.detect({}) == []


def test_handshakes():
    url = "https://hooks.example.com/zoom"
    body = b'{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}'
    secret = "a secret of at least 16 bytes"
    headers = hookseal.sign("zoom", secret, body)
    made = hookseal.Verifier("zoom", secret)
    answer = hookseal.handshake(made, body, headers, method="POST", url=url)
    assert answer.status == 200
    assert json.loads(answer.body)["plainToken"] == "qgg8vlvZRS6UYooatFL8Aw"
    assert ("content-type", "application/json") in answer.headers
    assert hookseal.handshake(made, b'{"event":"meeting.started"}', headers, method="POST") is None
    with pytest.raises(hookseal.VerificationError) as caught:
        hookseal.handshake("zoom", body, headers, method="POST", url=url)
    assert caught.value.status == 401
    brought = hookseal.enrol("asana", b"", {"X-Hook-Secret": "b" * 32}, method="POST")
    assert (brought.value, brought.is_key) == ("b" * 32, True)
    assert brought.answer.headers == [("x-hook-secret", "b" * 32)]
    with pytest.raises(hookseal.VerificationError, match="missing_field"):
        hookseal.enrol("asana", b"", {}, method="POST")
    assert hookseal.acknowledgement(made).status == 200


def test_names_are_those_of_the_core():
    from typing import get_args

    from hookseal import _names

    assert list(get_args(_names.Provider)) == [row.name for row in hookseal.providers()]
    found = {finding.code for row in hookseal.providers() for finding in row.lint()}
    assert found <= set(get_args(_names.FindingCode))
    codes = (VECTORS.parents[1] / "docs" / "errors.md").read_text()
    for union in (_names.DeliveryCode, _names.SecretCode, _names.SchemeCode):
        assert all(f"| `{code}` |" in codes for code in get_args(union))


def test_all_that_is_promised_is_there():
    for name in hookseal.__all__:
        assert getattr(hookseal, name) is not None
        assert name in dir(hookseal)
    with pytest.raises(AttributeError):
        hookseal.no_such_name  # noqa: B018
