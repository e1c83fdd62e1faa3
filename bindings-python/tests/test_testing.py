"""The testing help: deliveries of every provider, and the pytest plugin."""

import base64
import doctest
import json
import re
import subprocess
import sys
import tomllib
from dataclasses import replace

import pytest

import hookseal
import hookseal.testing
from hookseal.testing import secret_for, sign_delivery
from support import vector_body
from test_sign import GENUINE, ROWS, event_id

pytest_plugins = ["pytester"]

SIGNED_ANYHOW, ONLY_VERIFIED = 254, 19


def accepted(name, delivery, now=None):
    headers = list(delivery.headers.items())
    verifier = hookseal.Verifier(name, secret_for(name))
    return verifier.verify(
        delivery.body, headers, url=delivery.url, method=delivery.method, now=now
    )


def is_only_verified(name):
    row = ROWS[name]
    key = row["key"] if isinstance(row["key"], str) else row["key"]["format"]
    return key == "public-key" and row["algorithm"].startswith("rsa")


def test_an_event_of_nearly_every_provider():
    """What reads nothing else from the body needs no body of its own."""
    taken = 0
    for name in ROWS:
        try:
            delivery = sign_delivery(name, url="https://hooks.example.com/hook")
        except (hookseal.SigningError, hookseal.SchemeError):
            continue
        if accepted(name, delivery).bound.body == "whole":
            with pytest.raises(hookseal.VerificationError):
                accepted(name, replace(delivery, body=delivery.body[:-1] + b" "))
        taken += 1
    assert taken >= SIGNED_ANYHOW


@pytest.mark.parametrize("name", ROWS)
def test_every_provider_with_a_body_of_its_own(name):
    """The body, the URL and the headers are those of a vector, secret and signature are ours."""
    test = GENUINE[name]
    options = {
        "url": test.get("url") or "/",
        "method": test.get("method") or "POST",
        "headers": dict(test["headers"]),
        "event_id": event_id(name, test) or "evt_test",
        "now": test["now"],
    }
    if is_only_verified(name):
        for call in (lambda: sign_delivery(name, b"{}", **options), lambda: secret_for(name)):
            with pytest.raises(hookseal.SchemeError) as caught:
                call()
            assert caught.value.code == "cannot_sign"
        return
    delivery = sign_delivery(name, vector_body(test), **options)
    found = accepted(name, delivery, now=test["now"])
    assert found.danger_unsigned_body == delivery.body


def test_how_many_can_only_be_verified():
    assert sum(map(is_only_verified, ROWS)) == ONLY_VERIFIED


def test_a_forged_one_is_refused():
    delivery = sign_delivery("stripe", {"id": "evt_1"})
    assert accepted("stripe", delivery).event_id == "evt_1"
    with pytest.raises(hookseal.VerificationError, match="signature_mismatch"):
        accepted("stripe", replace(delivery, body=b'{"id":"evt_2"}'))


def test_bodies_and_their_types():
    kinds = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
    url = "https://hooks.example.com/sms"
    for name, body, raw, kind in (
        ("stripe", {"id": "evt_1", "n": 1.5}, b'{"id":"evt_1","n":1.5}', "json"),
        ("stripe", ["é"], b'["\\u00e9"]', "json"),
        ("stripe", "é", "é".encode(), "json"),
        ("stripe", bytearray(b"x"), b"x", "json"),
        ("twilio", {"From": "+1 2"}, b"From=%2B1+2", "form"),
        ("twilio", b"From=1", b"From=1", "form"),
    ):
        delivery = sign_delivery(name, body, url=url)
        assert (delivery.body, delivery.headers["content-type"]) == (raw, kinds[kind])
        assert accepted(name, delivery).scheme == name
    typed = sign_delivery("stripe", b"<a/>", headers={"Content-Type": "text/xml"})
    assert typed.headers["content-type"] == "text/xml"


def test_what_is_missing_is_told():
    for name, body, code in (
        ("mailgun", {}, "missing_timestamp"),
        ("twilio", b'{"a":1}', "missing_field"),
        ("adyen", b"no JSON", "malformed_body"),
    ):
        with pytest.raises(hookseal.SigningError) as caught:
            sign_delivery(name, body, url="https://hooks.example.com/hook")
        assert caught.value.code == code
    with pytest.raises(hookseal.SchemeError):
        sign_delivery("no such provider")
    with pytest.raises(TypeError):
        sign_delivery("stripe").post(object())


def test_its_path():
    for url, target in (
        ("/hook?a=1", "/hook?a=1"),
        ("https://hooks.example.com/hook?a=1", "/hook?a=1"),
        ("https://hooks.example.com", "/"),
    ):
        assert sign_delivery("stripe", url=url).target == target
        sent = sign_delivery("stripe", url=url).post(lambda *request: request)
        assert sent[:2] == ("POST", target) and "stripe-signature" in sent[2]
    assert sign_delivery("stripe").post(lambda *request: request, "/here")[1] == "/here"


def acme(signature):
    return hookseal.Scheme(
        name="acme",
        signature=signature,
        timestamp={"header": "x-time", "clock": "seconds"},
        event_id={"header": "X-Id", "names": "event"},
        signed="{timestamp}.{json:b}",
        admits=["body-unsigned"],
    )


def accepts(scheme, delivery):
    verifier = hookseal.Verifier(scheme, secret_for(scheme))
    return verifier.verify(delivery.body, delivery.headers, url=delivery.url).scheme == "acme"


@pytest.mark.parametrize(
    "path, body, wanted",
    [
        ("sig", b'{"b":1.50, "sig":"old"}', rb'{"b":1\.50,"sig":"[0-9a-f]{64}"}'),
        ("a.sig", b' {"b":7,"n":[1.0, 2e5 ]}', rb'{"b":7,"n":\[1\.0, 2e5 \],"a":{"sig":"\w{64}"}}'),
        ("i[].sig", b'{"b":7,"i":[{"x":1}]}', rb'{"b":7,"i":\[{"x":1,"sig":"\w{64}"}\]}'),
        ("i[].sig", b'{"b":1}', None),
        ("b.sig", b'{"b":1}', None),
    ],
)
def test_a_value_is_put_into_json_and_nothing_else_changes(path, body, wanted):
    scheme = acme({"json": path})
    if wanted is None:
        with pytest.raises(hookseal.SigningError) as raised:
            sign_delivery(scheme, body)
        assert raised.value.code == "malformed_body"
    else:
        delivery = sign_delivery(scheme, body)
        assert re.fullmatch(wanted, delivery.body) and accepts(scheme, delivery)


def test_a_value_is_put_into_a_query_once_and_encoded():
    scheme = acme({"query": "sig", "prefix": "v="})
    delivery = sign_delivery(scheme, b'{"b":1}', url="/h?sig=old&t=%20")
    assert re.fullmatch(r"/h\?t=%20&sig=v%3D[0-9a-f]{64}", delivery.url)
    assert accepts(scheme, delivery)


def test_an_event_id_is_one_line_of_text():
    scheme = acme({"header": "x-sig"})
    assert sign_delivery(scheme, b'{"b":1}', event_id="evt_7").headers["X-Id"] == "evt_7"
    for bad in ("a\r\nb: c", "é", ""):
        with pytest.raises(hookseal.SigningError) as raised:
            sign_delivery(scheme, b'{"b":1}', event_id=bad)
        assert raised.value.code == "malformed_event_id"


def test_the_facts_are_the_same_in_toml_and_in_json():
    for row in hookseal.providers():
        assert json.loads(row.to_json()) == tomllib.loads(row.to_toml())
        assert hookseal.Scheme.from_json(row.to_json()).to_toml() == row.to_toml()


def test_the_secrets_are_spelled_as_the_providers_spell_theirs():
    assert secret_for("stripe") == "test_secret_of_stripe"
    assert base64.b64decode(secret_for("standard-webhooks").removeprefix("whsec_"))
    assert len(bytes.fromhex(secret_for("adyen"))) == 32
    assert secret_for("braintree").startswith("test:")
    own = hookseal.Scheme(name="own", base="github")
    assert sign_delivery(own, b"{}").headers.keys() >= {"x-hub-signature-256"}
    assert secret_for(own) == "test_secret_of_own"


def test_examples():
    modules = (hookseal.testing, hookseal.testing._delivery, hookseal.testing._secrets)
    ran = [doctest.testmod(module, optionflags=doctest.ELLIPSIS) for module in modules]
    assert [result.failed for result in ran] == [0, 0, 0]
    assert sum(result.attempted for result in ran) >= 9


def test_the_plugin_is_there_without_being_asked_for(pytester):
    pytester.makepyfile(
        """
        import hookseal
        from hookseal.testing import secret_for

        def test_it(signed_delivery):
            delivery = signed_delivery("stripe", {"id": "evt_7"})
            found = hookseal.verify("stripe", secret_for("stripe"), delivery.body, delivery.headers)
            assert found.event_id == "evt_7"

        def test_it_fails_where_it_should(signed_delivery):
            delivery = signed_delivery("stripe", secret="of another endpoint")
            hookseal.verify("stripe", secret_for("stripe"), delivery.body, delivery.headers)
        """
    )
    run = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    run.assert_outcomes(passed=1, failed=1)
    run.stdout.fnmatch_lines(["*signature_mismatch*"])
    shown = pytester.runpytest_subprocess("--fixtures", "-p", "no:cacheprovider")
    shown.stdout.fnmatch_lines(["signed_delivery -- *"])


def test_the_plugin_is_light():
    """Who never signs a delivery does not pay for it."""
    heavy = {"hookseal.testing", "hookseal.receive", "hookseal._outgoing", "tomllib", "asyncio"}
    frameworks = {"django", "flask", "starlette", "fastapi", "aiohttp", "werkzeug", "httpx"}
    code = (
        "import sys, json, pytest; before = set(sys.modules); import hookseal.pytest_plugin; "
        f"print(json.dumps(sorted({heavy | frameworks} & (set(sys.modules) - before))))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == []
    more = subprocess.run(
        [sys.executable, "-c", code.replace("hookseal.pytest_plugin", "hookseal.testing")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "hookseal.testing" in json.loads(more.stdout), "the control"
