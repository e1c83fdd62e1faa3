"""`python -m hookseal`: what it prints, its exit status, and that no secret is ever printed. Where
the program `hookseal` is built, both say the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hookseal
from hookseal import _command
from hookseal._command import _providers
from support import NOW, SECRETS

ROOT = Path(__file__).parents[2]
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "hookseal"

BODY = b'{"id":"evt_1","type":"invoice.paid"}'
SECRET, OTHER, WEAK = "kX9vQ2mZ7pLr4TnB8wYc", "hJ5dF1sG6uEa3RoM0iVq", "zW3yP8kT"
ENVIRONMENT = {
    "TEST_SECRET": SECRET,
    "OTHER_SECRET": OTHER,
    "WEAK_SECRET": WEAK,
    "STANDARD_SECRET": SECRETS["standard-webhooks"],
    "HALVES_SECRET": f"public_id:{SECRET}",
}
OWN = """
name = "acme"
signature = { header = "acme-signature", prefix = "v1=" }
signed = "{body}"
"""

needs_explain = pytest.mark.skipif(
    not hasattr(hookseal, "explain"), reason="the native half has no explain yet"
)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A folder with what the flags name, and the variables."""
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("UNSET_SECRET", raising=False)
    Path("body").write_bytes(BODY)
    Path("other").write_bytes(BODY + b"\n")
    Path("secret").write_text(SECRET)
    Path("form").write_bytes(b"From=%2B1&To=%2B2")
    Path("acme.toml").write_text(OWN)
    Path("capture.json").write_text(
        json.dumps(
            {
                "method": "POST",
                "url": "https://hooks.example.com/stripe",
                "headers": list(signed().items()),
                "body": BODY.decode(),
            }
        )
    )


def signed(provider="stripe", secret=SECRET, **options):
    return hookseal.sign(provider, secret, BODY, now=NOW, **options)


def run(capfd, *words):
    """Status, output and errors of a command in this process."""
    try:
        status = _command.main(words)
    except SystemExit as end:
        status = end.code
    out, err = capfd.readouterr()
    for secret in ENVIRONMENT.values():
        assert secret not in out + err, "a secret was printed"
    return status, out, err


def line(command):
    """Words of a command line, `$HEADERS` being those of the delivery."""
    words = command.split()
    headers = [word for pair in signed().items() for word in ("-H", ": ".join(pair))]
    return [it for word in words for it in (headers if word == "$HEADERS" else [word])]


STRIPE = "--provider stripe --secret-env TEST_SECRET --now 1700000002"
LATER = STRIPE.replace("1700000002", "1700009999")

AGREED = {
    f"verify {STRIPE} --body body $HEADERS": (0, "verified  stripe: the delivery is genuine"),
    f"verify {STRIPE} --body body $HEADERS --json": (0, '"event_id":"evt_1"'),
    f"verify {STRIPE} --body other $HEADERS": (1, "code       signature_mismatch"),
    f"verify {STRIPE} --body other $HEADERS --json": (1, '"code":"signature_mismatch"'),
    f"--json verify {LATER} --body body $HEADERS": (1, '"code":"timestamp_too_old"'),
    f"verify {LATER} --danger-any-time --body body $HEADERS": (0, "window     NOT CHECKED"),
    f"verify {STRIPE} --tolerance 1 --body body $HEADERS": (1, "timestamp_too_old"),
    f"verify {STRIPE} --body body": (1, "missing_signature"),
    f"verify --secret-env OTHER_SECRET {STRIPE} --body body $HEADERS": (0, "2 of 2 matched"),
    "verify --provider stripe --secret-file secret --now 1699999990 --body body $HEADERS": (
        0,
        "10 s ahead",
    ),
    "verify --provider github --secret-env TEST_SECRET --body body -H "
    "x-hub-signature-256:sha256=0": (1, "malformed_signature"),
    "verify --provider twilio --secret-env TEST_SECRET --body form -H "
    f"X-Twilio-Signature:{'A' * 27}=": (
        1,
        "missing_url",
    ),
    f"verify --provider buildkite-shared-token --secret-env TEST_SECRET --body body "
    f"-H X-Buildkite-Token:{SECRET}": (
        0,
        "verified  buildkite-shared-token: the token is right",
    ),
    "verify --scheme acme.toml --secret-env TEST_SECRET --body body -H "
    "acme-signature:v1=00 --json": (
        1,
        '"scheme":"acme"',
    ),
    f"sign {STRIPE} --body body": (0, "stripe-signature: t=1700000002,v1="),
    f"sign {STRIPE} --body body --json": (0, '[["stripe-signature","t=1700000002,v1='),
    "sign --provider standard-webhooks --secret-env STANDARD_SECRET --event-id msg_1 "
    "--now 1700000000 --body body": (0, "webhook-id: msg_1\n"),
    "sign --provider github --secret-env TEST_SECRET --event-id e1 --body body": (
        0,
        "x-github-delivery: e1\nx-hub-signature-256: sha256=",
    ),
    "sign --provider pandadoc --secret-env TEST_SECRET --body body --url https://a.example/h": (
        0,
        "query parameter signature: ",
    ),
    "sign --provider treezor --secret-env TEST_SECRET --body body": (2, ""),
    "sign --provider contentful --secret-env TEST_SECRET --now 1700000000 --body body "
    "--method post --url https://a.example/h?x=1": (
        0,
        "x-contentful-signed-headers: x-contentful-",
    ),
    "sign --provider twilio --secret-env TEST_SECRET --body form": (2, ""),
    "sign --provider aircall --secret-env TEST_SECRET --body body": (2, ""),
    f"verify {STRIPE} --tolerance 5 --danger-any-time --body body": (2, ""),
    "verify --provider stripe --scheme acme.toml --secret-env TEST_SECRET --body body": (2, ""),
    "providers no-such-provider --json": (2, '"code":"unknown_provider"'),
    "verify --provider github --secret-env WEAK_SECRET --body body": (2, ""),
    "verify --provider github --secret-env WEAK_SECRET --allow-weak-secret --body body": (1, ""),
    "verify --provider stripe --secret-env UNSET_SECRET --body body": (2, ""),
    "verify --provider stripe --body body": (2, ""),
    "verify --provider stripe --secret-env TEST_SECRET": (2, ""),
    "verify --provider stripe --secret-env TEST_SECRET --body no-such-file": (2, ""),
    "verify --provider stripe --secret-env TEST_SECRET --now -1 --body body": (2, ""),
    "verify --provider stripe --secret-env TEST_SECRET --body body -H no-colon": (2, ""),
    "providers stripe --toml": (0, 'name = "stripe"'),
}
"""What both print on standard output, to the byte, and their exit status."""

EXPLAINED = {
    f"verify {STRIPE} --request capture.json": (0, "the delivery is genuine"),
    f"verify {STRIPE} --request capture.json --body other": (1, "signature_mismatch"),
    f"explain {STRIPE} --request capture.json": (0, "verified  stripe\n"),
    f"explain {STRIPE} --body other $HEADERS --framework flask": (1, "body_trailing_bytes"),
    f"explain {STRIPE} --body other $HEADERS --json": (1, '"causes":[{"code":"body_trail'),
    "explain --provider stripe --secret-env OTHER_SECRET --other-secret-file secret "
    "--now 1700000002 --body body $HEADERS --json": (1, '"secret_of_another_endpoint"'),
    "explain --provider standard-webhooks --secret-env WEAK_SECRET --body body --json": (2, ""),
}


def without_time(out):
    """JSON without what differs between two runs: the time that was spent."""
    try:
        told = json.loads(out)
    except ValueError:
        return out
    return {k: v for k, v in told.items() if k != "micros"} if isinstance(told, dict) else told


def without_hint(told):
    """What the other program can tell more exactly."""
    if isinstance(told, str):
        return [each for each in told.splitlines() if not each.startswith("  hint ")]
    return told


def is_same(capfd, command, expected):
    status, text = expected
    got, out, err = run(capfd, *line(command))
    assert got == status, out + err
    assert text in out
    assert len(err.splitlines()) == (1 if status == 2 and "explain" not in command else 0), err
    other = subprocess.run([PROGRAM, *line(command)], capture_output=True, text=True)
    assert other.returncode == status, other.stderr
    wanted, found = without_time(other.stdout), without_time(out)
    if isinstance(wanted, dict) and wanted["verdict"] in ("error", "refused"):
        # The sentences beside the codes name each program's own flags.
        wanted, found = ({**it, "message": "", "hint": ""} for it in (wanted, found))
    assert without_hint(found) == without_hint(wanted)


@pytest.mark.parametrize("command", AGREED)
def test_both_programs_say_the_same(capfd, command):
    is_same(capfd, command, AGREED[command])


@needs_explain
@pytest.mark.parametrize("command", EXPLAINED)
def test_both_programs_explain_the_same(capfd, command):
    is_same(capfd, command, EXPLAINED[command])


@needs_explain
def test_the_expected_signature_comes_only_by_its_name(capfd):
    words = line(f"explain {STRIPE} --body other $HEADERS")
    hookseal_signs = hookseal.sign("stripe", SECRET, BODY + b"\n", now=NOW)
    expected = hookseal_signs["stripe-signature"].partition("v1=")[2]
    _, out, err = run(capfd, *words)
    assert expected not in out + err
    _, out, err = run(capfd, *words, "--danger-show-expected")
    assert expected in err and expected not in out


def test_the_rows_are_those_of_the_other_program(capfd):
    rows = json.loads(run(capfd, "providers", "--json")[1])
    assert [row["name"] for row in rows] == [row.name for row in hookseal.providers()]
    stripe = next(row for row in rows if row["name"] == "stripe")
    assert stripe["headers"] == ["stripe-signature"] and stripe["body_fields"] == ["id", "type"]
    others = json.loads(subprocess.check_output([PROGRAM, "providers", "--json"]))
    for row, other in zip(rows, others, strict=True):
        assert row == {key: other[key] for key in row}
    lines = run(capfd, "providers")[1].splitlines()
    assert "stripe\thmac-sha256\tstripe-signature\tbody, event id, time" in lines
    assert len(lines) == len(rows)


def test_every_card_fits_a_terminal(capfd):
    for row in hookseal.providers():
        card = _providers._card(row)
        assert card.startswith(f"{row.name}\n  algorithm   ")
        # Between a label and the end of the line a word that is too long stays whole.
        assert all(len(line) <= 80 or " " not in line[14:] for line in card.splitlines()), card
        weak = [it for it in row.lint() if it.severity == "weak"]
        assert card.count("  WARNING     ") == len(weak)
    assert run(capfd, "providers", row.name) == (0, card, "")


def test_a_signed_delivery_goes_through(capfd):
    """What `sign` prints verifies; also where the signature is no header."""
    for provider, words in (
        ("stripe", ""),
        ("contentful", "--method POST --url https://a.example/h"),
    ):
        given = (
            f"--provider {provider} --secret-env TEST_SECRET --now 1700000000 --body body {words}"
        )
        _, out, _ = run(capfd, "sign", *given.split())
        headers = [word for it in out.splitlines() for word in ("-H", it)]
        assert run(capfd, "verify", *given.split(), *headers)[0] == 0


def test_the_whole_delivery(capfd):
    words = "sign --whole --provider pandadoc --secret-env TEST_SECRET --body body --url"
    status, out, _ = run(capfd, *words.split(), "https://a.example/h", "-H", "X-Other: 1")
    told = json.loads(out)
    assert status == 0
    assert told["url"].startswith("https://a.example/h?signature=")
    assert told["body"].encode() == BODY and told["headers"] == [["X-Other", "1"]]
    verified = hookseal.verify("pandadoc", SECRET, BODY, told["headers"], url=told["url"])
    assert verified.body == BODY


SLIPS = [
    "verify {0}",
    "{0}",
    "{0} verify",
    "--json={0} verify",
    "verify --provider {0} --secret-env TEST_SECRET --body body",
    "verify --provider stripe --secret-env {0} --body body",
    "verify --provider stripe --secret-env=x={0} --body body",
    "verify --provider stripe --secret-env TEST_SECRET --body body --now {0}",
    "verify --provider stripe --secret-env TEST_SECRET --body body --tolerance {0}",
    "verify --provider stripe --secret-env TEST_SECRET --body body -H {0}",
    "verify --provider stripe --secret-env TEST_SECRET --body body --json={0}",
    "verify --provider stripe --secret x {0} --body body",
    "verify --provider stripe --sec={0} --body body",
    "verify --provider stripe --unknown={0} --body body",
    "explain --provider stripe --framework {0} --secret x --body body",
    "providers {0}",
    "providers {0} {0}",
]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("form", ["", "--json "])
def test_no_slip_shows_a_secret(capfd, slip, form):
    """`run` searches all that is printed."""
    status, out, err = run(capfd, *(form + slip).format(SECRET).split())
    assert status == 2
    assert err.startswith("hookseal: ") and len(err.splitlines()) == 1
    if form or "--json" in slip.split():
        assert json.loads(out)["verdict"] == "error"


def test_the_search_for_secrets_finds_one(capfd):
    """The control."""
    with pytest.raises(AssertionError, match="a secret was printed"):
        run(capfd, *"sign --provider braintree --secret-env HALVES_SECRET --body".split(), SECRET)


@pytest.mark.parametrize("flag", ["--url", "--method", "--event-id", "--provider", "--secret-env"])
def test_a_value_that_is_no_text(capfd, flag):
    """Bytes that are no UTF-8 are wrong usage; in a header or a secret they are what they are."""
    words = "sign --provider github --secret-env TEST_SECRET --body body".split()
    status, _, err = run(capfd, *words, flag, os.fsdecode(b"\xff"))
    assert status == 2 and err.startswith("hookseal: "), err
    words += ["--secret", os.fsdecode(b"\xff" * 16)]
    status, out, _ = run(capfd, *words[:3], *words[5:], "-H", os.fsdecode(b"X: \xff"))
    assert status == 0 and "x-hub-signature-256" in out


def test_a_secret_may_begin_with_a_hyphen(capfd):
    secret = "-" + SECRET
    for flag in (["--secret", secret], [f"--secret={secret}"]):
        words = ["verify", "--provider", "stripe", *flag, "--body", "body", "--now", str(NOW)]
        for name, value in signed(secret=secret).items():
            words += ["-H", f"{name}: {value}"]
        status, out, err = run(capfd, *words)
        assert status == 0, out + err


def test_what_a_sender_wrote_cannot_steer_the_terminal(capfd):
    body = json.dumps({"id": "a\x1b[2Jb\u202e" + "x" * 200, "type": "t"}).encode()
    Path("body").write_bytes(body)
    words = f"verify {STRIPE} --body body".split()
    for name, value in hookseal.sign("stripe", SECRET, body, now=NOW).items():
        words += ["-H", f"{name}: {value}"]
    status, out, _ = run(capfd, *words)
    assert status == 0 and "\x1b" not in out and "\u202e" not in out
    assert "a\\u{1b}[2Jb\\u{202e}xxx" in out and "…" in out


def test_as_a_module():
    """In a process of its own: the status, standard input, a reader that goes away."""
    run = [sys.executable, "-m", "hookseal"]
    help_ = subprocess.run([*run, "--help"], capture_output=True, text=True)
    assert help_.returncode == 0 and "verify" in help_.stdout
    bare = subprocess.run(run, capture_output=True, text=True)
    assert bare.returncode == 2 and bare.stderr.startswith("hookseal: give a command")
    version = subprocess.run([*run, "--version"], capture_output=True, text=True)
    assert version.stdout.startswith("hookseal 0.")
    given = line(f"verify {STRIPE} --body - $HEADERS")
    for body, status in ((BODY, 0), (BODY + b" ", 1)):
        assert subprocess.run([*run, *given], input=body, capture_output=True).returncode == status
    gone = subprocess.Popen(
        [*run, "providers", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    gone.stdout.close()
    assert gone.stderr.read() == b""
    gone.stderr.close()
    assert gone.wait() == 0


def test_a_terminal_that_knows_no_unicode(capfd, monkeypatch):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "hookseal", "providers", "--json"]
    done = subprocess.run(command, capture_output=True, env=environment)
    assert done.returncode == 0 and json.loads(done.stdout)
