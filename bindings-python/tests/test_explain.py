"""Explanations and captures: the core's own facts, in Python's types."""

import copy
import json
import pickle
from typing import get_args

import pytest

import hookseal
from hookseal import explain, read_capture
from support import NOW, SECRETS, signed

BODY = b'{"id":"evt_1"}'


def why(row="stripe", body=BODY, headers=None, secret=None, **options):
    headers = signed(row, BODY) if headers is None else headers
    return explain(row, secret or SECRETS[row], body, headers, **({"now": NOW} | options))


def test_a_delivery_that_verifies():
    found = why()
    assert (found.scheme, found.verdict, found.causes) == ("stripe", "verified", [])
    assert found.message == "the delivery verifies"
    outcomes = {step.name: step.outcome for step in found.steps}
    assert outcomes["mac"] == outcomes["window"] == "ok"
    assert [(part.name, part.length) for part in found.signed] == [
        ("{timestamp}", 10),
        (".", 1),
        ("{body}", len(BODY)),
    ]
    assert [part.offset for part in found.signed] == [0, 10, 11]


@pytest.mark.parametrize(
    "options, verdict, cause",
    [
        ({"body": BODY + b"\n"}, "signature_mismatch", "body_trailing_bytes"),
        ({"body": b'{\n  "id": "evt_1"\n}'}, "signature_mismatch", "body_reserialised"),
        ({"secret": SECRETS["stripe"] + "\n"}, "signature_mismatch", "secret_whitespace"),
        ({"secret": f'"{SECRETS["stripe"]}"'}, "signature_mismatch", "secret_quotes"),
        (
            {"secret": "whsec_of_another_one", "other_secrets": [SECRETS["stripe"]]},
            "signature_mismatch",
            "secret_of_another_endpoint",
        ),
        ({"headers": {}}, "missing_signature", "header_missing"),
        ({"headers": signed("github", BODY)}, "missing_signature", "wrong_provider"),
        ({"now": NOW + 3600}, "timestamp_too_old", None),
        ({"now": NOW + 3600, "tolerance": 3600}, "verified", None),
        ({"now": NOW - 3600, "future_tolerance": 3600}, "verified", None),
        ({"now": 0, "danger_any_time": True}, "verified", None),
        ({"secret": ["x" * 20, SECRETS["stripe"]]}, "verified", None),
    ],
)
def test_verdicts_and_causes(options, verdict, cause):
    found = why(**options)
    assert found.verdict == verdict
    codes = [it.code for it in found.causes]
    assert cause is None or codes[0] == cause, codes
    assert all(code in get_args(hookseal.CauseCode) for code in codes)
    assert (found.verdict == "verified") == (codes == [])


def test_it_judges_as_the_verifier_does():
    for options in ({}, {"body": b"{}"}, {"now": 0}, {"headers": {}}):
        found = why(**options)
        given = {"body": BODY, "headers": signed("stripe", BODY), "now": NOW} | options
        try:
            hookseal.Verifier("stripe", SECRETS["stripe"]).verify(**given)
            assert found.verdict == "verified"
        except hookseal.VerificationError as error:
            assert (found.verdict, found.message) == (error.code, error.message)


@pytest.mark.parametrize(
    "options, verdict",
    [
        ({"secret": "short"}, "weak_secret"),
        ({"secret": " "}, "empty_secret"),
        ({"secret": ["x" * 20] * 5}, "too_many_secrets"),
        ({"tolerance": 0}, "invalid_tolerance"),
    ],
)
def test_a_bad_set_up_is_the_verdict(options, verdict):
    found = why(**options)
    assert found.verdict == verdict and found.message
    weak = why(secret="short", danger_weak_secret=True)
    assert weak.verdict == "signature_mismatch"


def test_no_secret_at_all_is_the_verdict():
    assert explain("stripe", [], BODY, signed("stripe", BODY), now=NOW).verdict == "empty_secret"


def test_wrong_arguments():
    with pytest.raises(hookseal.SchemeError, match="unknown_provider"):
        explain("no-such", "x" * 20, BODY, {})
    with pytest.raises(TypeError, match="is the environment variable set"):
        explain("stripe", None, BODY, {})
    with pytest.raises(TypeError, match="a signature is over bytes"):
        why(body="{}")
    with pytest.raises(ValueError, match="a framework is one of express"):
        why(framework="no-such")


def test_the_framework_is_named_in_the_fix():
    assert "get_data" in why(body=b"{}", framework="flask").causes[0].fix
    assert "get_data" not in why(body=b"{}", framework="fastapi").causes[0].fix


def test_the_expected_signature_only_where_it_is_asked_for():
    forged = why(body=b"{}")
    assert forged.expected is None
    shown = why(body=b"{}", danger_show_expected=True)
    expected = hookseal.sign("stripe", SECRETS["stripe"], b"{}", now=NOW).signature
    assert shown.expected == expected
    for found in (forged, shown):
        texts = [str(found), repr(found), json.dumps(found.to_dict())]
        texts += [found.report(content, colour) for content in (0, True) for colour in (0, True)]
        assert not any(expected in text or SECRETS["stripe"] in text for text in texts)


def test_reports():
    found = why(body=b'{"id":"evt_2"}')
    assert str(found) == found.report() and "signature_mismatch" in str(found)
    assert "evt_2" not in found.report() and "\x1b" not in found.report()
    assert "evt_2" in found.report(content=True) and "\x1b" not in found.report(content=True)
    assert "\x1b[" in found.report(colour=True) and "evt_2" not in found.report(colour=True)
    assert "evt_2" not in repr(found)


def test_an_explanation_does_not_change_and_is_not_pickled():
    found = why()
    with pytest.raises(AttributeError):
        found.verdict = "verified"
    with pytest.raises(AttributeError):
        del found._facts
    found.to_dict()["verdict"] = "else"
    assert found.verdict == "verified"
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(found)


def test_captures():
    raw = b"POST /hook?a=1 HTTP/1.1\r\nHost: example.com\r\nX-A: \xff\r\nX-A: b\r\n\r\n\xfe{}"
    read = read_capture(raw)
    assert (read.method, read.url) == ("POST", "https://example.com/hook?a=1")
    assert read.headers == [("Host", b"example.com"), ("X-A", b"\xff"), ("X-A", b"b")]
    assert read.body == b"\xfe{}"
    assert "example" not in repr(read)
    text = json.dumps({"headers": {"X-Sig": "é"}, "body": "é"}).encode()
    read = read_capture(bytearray(text))
    assert read == (None, None, [("X-Sig", "é".encode())], "é".encode())


def test_a_capture_is_explained_and_verified():
    signature = signed("github", BODY)["x-hub-signature-256"]
    curl = f"curl https://example.com -H 'X-Hub-Signature-256: {signature}' -d '{BODY.decode()}'"
    read = read_capture(curl.encode())
    secret = SECRETS["github"]
    assert hookseal.verify("github", secret, read.body, read.headers).body == BODY
    assert explain("github", secret, read.body, read.headers).verdict == "verified"


@pytest.mark.parametrize(
    "text, code", [(b"", "empty"), (b"hello", "unrecognised"), (b"{", "malformed_json")]
)
def test_what_is_no_capture(text, code):
    with pytest.raises(hookseal.CaptureError) as caught:
        read_capture(text)
    assert caught.value.code == code and str(caught.value).startswith(f"{code}: ")
    assert isinstance(caught.value, ValueError)
    with pytest.raises(TypeError):
        read_capture("text")
