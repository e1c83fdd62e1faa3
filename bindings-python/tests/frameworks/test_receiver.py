"""The function behind every helper: options, addresses, reports."""

from __future__ import annotations

import base64
import doctest
import json
import logging
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hookseal
from hookseal.receive import BODY_LIMIT, Receiver, _receiver

from _deliveries import EVENT, STRIPE_SECRET, Sent, by_stripe, by_svix, by_twilio
from _deliveries import STANDARD_SECRET, TWILIO_SECRET


def pairs(sent: Sent) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in sent.headers]


def receive(receiver: Receiver, sent: Sent, peer: str | None = None) -> Any:
    return receiver.receive(sent.method, sent.path, pairs(sent), peer, sent.body)


def test_the_examples_of_docstrings() -> None:
    result = doctest.testmod(_receiver)
    assert (result.failed, result.attempted) == (0, 7)


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    loaded = "import sys, {}; print(*sorted(it.partition('.')[0] for it in sys.modules))"
    frameworks = {"aiohttp", "django", "fastapi", "flask", "starlette", "werkzeug"}

    def names(modules: str) -> set[str]:
        run = [sys.executable, "-c", loaded.format(modules)]
        return set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())

    assert not frameworks & names("hookseal.receive")
    assert {"flask", "werkzeug"} <= names("hookseal.receive.flask")
    run = [sys.executable, "-c", "import sys, hookseal; print('hookseal.receive' in sys.modules)"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({}, TypeError, "secret_env="),
        ({"secret": STRIPE_SECRET, "secret_env": "A"}, TypeError, "secret_env="),
        ({"secret": "short"}, hookseal.SecretError, "weak_secret"),
        ({"secret": STRIPE_SECRET, "allow_from": []}, ValueError, "refuse every delivery"),
        ({"secret": STRIPE_SECRET, "allow_from": ["10.0.0.1/8"]}, hookseal.SchemeError, "host bits"),
        ({"secret": STRIPE_SECRET, "allow_from": "nonsense"}, ValueError, "malformed_network"),
        ({"secret": STRIPE_SECRET, "trusted_proxies": -1}, ValueError, "count"),
        ({"secret": STRIPE_SECRET, "trusted_proxies": True}, ValueError, "count"),
        ({"secret": STRIPE_SECRET, "url": "hooks.example.com"}, ValueError, "https://"),
        ({"secret": STRIPE_SECRET, "url": "https://example.com/#a"}, ValueError, "https://"),
    ],
)
def test_options_that_cannot_be_meant(options: Any, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        Receiver("stripe", **options)


def test_a_scheme_that_signs_the_url_wants_its_address() -> None:
    with pytest.raises(hookseal.SchemeError, match="signs the URL") as refused:
        Receiver("twilio", secret=TWILIO_SECRET)
    assert (refused.value.code, refused.value.key) == ("no_public_url", "url")
    with pytest.raises(hookseal.SchemeError) as refused:
        Receiver("stripe", secret=STRIPE_SECRET, allow_from=["::1", "10.0.0.0/33"])
    assert (refused.value.code, refused.value.key) == ("malformed_network", "allow_from[1]")
    rows = {row.name: row for row in hookseal.providers()}
    assert rows["gong"].names_origin  # compared with a claim, in a condition
    assert not rows["pandadoc"].names_origin  # reads the query only
    assert not rows["stripe"].names_origin
    assert sum(row.names_origin for row in rows.values()) >= 15


@pytest.mark.parametrize(
    ("url", "target", "of"),
    [
        (None, "/g?x=2", "/g?x=2"),
        (None, "http://b.example/g?x=2", "/g?x=2"),  # a sender would choose the host
        (None, "http://b.example", "/"),
        (None, "*", "/"),
        ("https://a.example", "/g?x=2", "https://a.example/g?x=2"),
        ("https://a.example", "http://b.example/g?x=2", "https://a.example/g?x=2"),
        ("https://a.example", "/", "https://a.example/"),
        ("https://a.example/h", "/g?x=2", "https://a.example/h?x=2"),
        ("https://a.example/h?x=1", "/g?x=2", "https://a.example/h?x=2"),
        ("https://a.example/h?x=1", "/g", "https://a.example/h?x=1"),
        ("https://a.example/h", "/g?x=%20?&#b", "https://a.example/h?x=%20?&#b"),
    ],
)
def test_the_url_is_the_configured_one(url: str | None, target: str, of: str) -> None:
    captured: list[Any] = []
    receiver = Receiver(
        "pandadoc", secret=STRIPE_SECRET, url=url, on_refused=lambda *it: captured.append(it[1])
    )
    assert receiver.receive("POST", target, [], None, b"").status == 401  # type: ignore[union-attr]
    assert captured[0]["url"] == of


def test_a_path_of_the_url_wins_over_the_requests() -> None:
    sent = by_twilio("")
    address = "https://hooks.example.com/twilio"
    fixed = Receiver("twilio", secret=TWILIO_SECRET, url=address)
    assert receive(fixed, sent.but(path="/behind/the/proxy?foo=1&bar=a%20b")).scheme == "twilio"
    assert receive(fixed, sent.but(path="/behind/the/proxy?foo=2")).status == 401


RUN = """
import sys
from hookseal.receive import Receiver
Receiver({provider!r}, secret_env={names!r})
print("listening")
"""


@pytest.mark.parametrize(
    ("provider", "names", "environment", "said"),
    [
        ("stripe", "HOOK", {}, "the environment variable HOOK is not set, or empty"),
        ("stripe", "HOOK", {"HOOK": ""}, "the environment variable HOOK is not set, or empty"),
        ("stripe", "HOOK", {"HOOK": "   "}, "empty_secret"),
        ("stripe", "HOOK", {"HOOK": "tooshort"}, "weak_secret"),
        ("standard-webhooks", "HOOK", {"HOOK": "whsec_no!base64!here"}, "malformed_secret"),
        ("stripe", ["HOOK", "OLD"], {"HOOK": STRIPE_SECRET}, "variable OLD is not set"),
        ("stripe", [], {}, "empty_secret"),
    ],
)
def test_without_its_secret_the_process_ends(
    provider: str, names: Any, environment: dict[str, str], said: str
) -> None:
    run = [sys.executable, "-c", RUN.format(provider=provider, names=names)]
    ended = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)
    assert ended.stderr.startswith("hookseal: ") and said in ended.stderr
    assert not any(secret in ended.stderr for secret in environment.values() if secret.strip())


def test_with_its_secret_it_goes_on() -> None:
    run = [sys.executable, "-c", RUN.format(provider="stripe", names=["HOOK", "OLD"])]
    environment = {"HOOK": "whsec_another_secret_1", "OLD": STRIPE_SECRET}
    ended = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "listening\n", "")


def test_the_old_secret_of_a_rotation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "whsec_another_secret_1")
    monkeypatch.setenv("OLD", STRIPE_SECRET)
    receiver = Receiver("stripe", secret_env=["HOOK", "OLD"])
    assert receive(receiver, by_stripe()).secret_index == 1


def test_the_agreed_value_of_an_empty_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN", raising=False)
    with pytest.raises(SystemExit):
        Receiver("meta", secret=STRIPE_SECRET, expected_env="TOKEN")


def test_no_secret_in_any_text(caplog: pytest.LogCaptureFixture) -> None:
    receiver = Receiver("stripe", secret=STRIPE_SECRET)
    assert STRIPE_SECRET not in f"{receiver!r}{receiver.verifier!r}{vars(receiver)}"
    sent = by_stripe().but(body=b'{"card":"4242"}')
    with caplog.at_level(logging.DEBUG, "hookseal"):
        answer = receive(receiver, sent)
    assert (answer.status, answer.body) == (401, hookseal.PUBLIC_MESSAGE.encode())
    (record,) = caplog.records
    assert "stripe" in record.getMessage() and "signature_mismatch" in record.getMessage()
    assert "4242" not in record.getMessage() and "v1=" not in record.getMessage()


def test_a_report_that_fails_changes_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    def fail(code: str, capture: object) -> None:
        raise OSError("the disk is full")

    receiver = Receiver("stripe", secret=STRIPE_SECRET, on_refused=fail)
    assert receive(receiver, by_stripe(ago=4000)).status == 401
    assert "on_refused failed" in caplog.text


def test_a_capture_is_json_and_holds_every_byte() -> None:
    kept: list[Any] = []
    receiver = Receiver(
        "stripe",
        secret=STRIPE_SECRET,
        on_refused=lambda *it: kept.append(it),
        url="https://a.example",
    )
    headers = [(b"X-Text", "é".encode()), (b"x-bytes", b"\xe9"), (b"x-bytes", b"2")]
    receiver.receive("PUT", "/a?b", headers, None, b"\xff\x00")
    receiver.receive("PUT", "/a?b", [], None, "é".encode())
    code, capture = kept[0]
    assert code == "missing_signature"
    assert json.loads(json.dumps(capture)) == {
        "method": "PUT",
        "url": "https://a.example/a?b",
        "headers": [["X-Text", "é"], ["x-bytes", {"base64": "6Q=="}], ["x-bytes", "2"]],
        "body_base64": base64.b64encode(b"\xff\x00").decode(),
    }
    assert kept[1][1]["body"] == "é"


def test_the_clock() -> None:
    sent = by_stripe(ago=10_000)
    assert receive(Receiver("stripe", secret=STRIPE_SECRET), sent).status == 401
    at = int(sent.headers[1][1].removeprefix("t=").partition(",")[0])
    receiver = Receiver("stripe", secret=STRIPE_SECRET, now=lambda: at + 200)
    assert receive(receiver, sent).event_id == "evt_1"
    strict = Receiver("stripe", secret=STRIPE_SECRET, now=lambda: at + 200, tolerance=100)
    assert receive(strict, sent).status == 401


def test_the_address_comes_first_and_the_signature_still_counts() -> None:
    codes: list[str] = []
    receiver = Receiver(
        "svix",
        secret=STANDARD_SECRET,
        allow_from=["192.0.2.0/24", "2001:db8::1"],
        on_refused=lambda code, _: codes.append(code),
    )
    sent = by_svix()
    for peer in ("192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7", "192.0.2.7:80"):
        assert receive(receiver, sent, peer).scheme == "svix"
    for peer in ("192.0.3.7", "2001:db8::2", "", None, "unix:", "192.0.2.7, 192.0.2.7"):
        assert receive(receiver, sent, peer).status == 403
    assert receive(receiver, sent.but(body=b"{}"), "192.0.2.7").status == 401
    assert codes == ["address_not_allowed"] * 6 + ["signature_mismatch"]
    # Without proxies of one's own, nobody is believed who names another address.
    forwarded = sent.but(headers=(*sent.headers, ("X-Forwarded-For", "192.0.2.7")))
    assert receive(receiver, forwarded, "198.51.100.1").status == 403


def test_two_proxies() -> None:
    receiver = Receiver("svix", secret=STANDARD_SECRET, allow_from="192.0.2.7", trusted_proxies=2)

    def status(*forwarded: str) -> int:
        sent = by_svix()
        headers = tuple(("x-forwarded-for", one) for one in forwarded)
        return getattr(receive(receiver, sent.but(headers=sent.headers + headers)), "status", 200)

    assert status("192.0.2.7, 10.0.0.1") == status("192.0.2.7", "10.0.0.1") == 200
    assert status("1.2.3.4, 192.0.2.7", "10.0.0.1") == 200
    assert status("192.0.2.7, 1.2.3.4, 10.0.0.1") == status("192.0.2.7") == status() == 403


def test_what_the_core_says_of_a_large_body() -> None:
    """The limit, the code and the status that are written here are the core's."""
    verifier = hookseal.Verifier("stripe", STRIPE_SECRET)
    for size, code in ((BODY_LIMIT, "missing_signature"), (BODY_LIMIT + 1, "body_too_large")):
        with pytest.raises(hookseal.VerificationError) as refused:
            verifier.verify(bytes(size), {})
        assert refused.value.code == code
    receiver = Receiver("stripe", secret=STRIPE_SECRET)
    head = ("POST", "/", [(b"Content-Length", str(BODY_LIMIT + 1).encode())], None)
    answer = receiver.too_large(*head)
    assert answer is not None and answer.status == refused.value.status
    assert (
        receiver.too_large("POST", "/", [(b"content-length", str(BODY_LIMIT).encode())], None)
        is None
    )


@pytest.mark.parametrize("length", [b"", b"-1", b"1e3", b"0x9", "²".encode(), b"9" * 5000, b"1, 1"])
def test_a_length_that_is_none(length: bytes) -> None:
    receiver = Receiver("stripe", secret=STRIPE_SECRET)
    headers = [(b"content-length", length)]
    assert receiver.too_large("POST", "/", headers, None) is None
    assert receiver.receive("POST", "/", headers, None, b"{}").status == 401  # type: ignore[union-attr]


NAMES = st.one_of(
    st.binary(max_size=20), st.sampled_from([b"stripe-signature", b"x-forwarded-for"])
)
VALUES = st.one_of(st.binary(max_size=40), st.sampled_from([b"t=1,v1=" + b"0" * 64, b"192.0.2.7"]))


@settings(deadline=None, max_examples=300)
@given(
    provider=st.sampled_from(["stripe", "meta", "twilio", "svix", "dropbox"]),
    method=st.one_of(st.sampled_from(["GET", "POST"]), st.text(max_size=8)),
    target=st.text(max_size=60),
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=6),
    peer=st.one_of(st.none(), st.text(max_size=20), st.just("192.0.2.7")),
    body=st.binary(max_size=100),
    proxies=st.integers(0, 3),
)
def test_whatever_a_stranger_sends_has_an_answer(
    provider: str, method: str, target: str, headers: Any, peer: Any, body: bytes, proxies: int
) -> None:
    receiver = Receiver(
        provider,
        secret=STANDARD_SECRET,
        url="https://a.example",
        allow_from="192.0.2.0/24",
        trusted_proxies=proxies,
        on_refused=lambda code, capture: json.dumps(capture),
    )
    answer = receiver.receive(method, target, headers, peer, body)
    assert isinstance(answer, hookseal.Answer)
    assert answer.status in (200, 401, 403) and (provider == "dropbox" or answer.status != 200)


def test_the_event_is_the_one_that_was_signed() -> None:
    delivery = receive(Receiver("stripe", secret=STRIPE_SECRET), by_stripe())
    assert (delivery.body, delivery.json()["name"]) == (EVENT.encode(), "Zoë")
