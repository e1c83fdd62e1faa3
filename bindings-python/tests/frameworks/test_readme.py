"""The README's own code: the first example, and the ways of other packages beside ours."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hookseal
from _deliveries import (
    EVENT,
    STANDARD_SECRET,
    STRIPE_SECRET,
    Sent,
    by_standard_webhooks,
    by_stripe,
    by_svix,
)

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
COMMANDS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def test_the_first_example() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(BLOCKS[0], "README.md", "exec"), {})
    assert said.getvalue() == "evt_1 invoice.paid\n"


def test_every_block_is_run() -> None:
    """By the tests below, and the examples by theirs."""
    examples = {path.read_text() for path in (ROOT / "examples").glob("*.py")}
    others = [it for it in BLOCKS[1:] if it not in examples and "def before" not in it]
    assert others == []
    assert COMMANDS[0] == "$ pip install hookseal\n" and len(COMMANDS) == 2


@pytest.fixture
def refused_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the example keeps of a delivery that is refused."""
    body = '{"id":"evt_1","type":"invoice.paid"}'
    secret = "whsec_test_9f0c1b7a5d3e4f60"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", secret)
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import keep_refused

    client = keep_refused.app.test_client()
    sent = by_stripe(event=body, secret=secret)
    assert client.post("/stripe", data=sent.body, headers=sent.headers).status_code == 200
    assert not (tmp_path / "refused.json").exists()
    assert client.post("/stripe", data=sent.body + b"\n", headers=sent.headers).status_code == 401
    return tmp_path / "refused.json"


@pytest.mark.skipif(not hasattr(hookseal, "explain"), reason="the native half has no explain yet")
def test_what_was_refused_is_explained(refused_json: Path) -> None:
    command = [sys.executable, str(ROOT / "examples" / "explain_refused.py"), str(refused_json)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("refused: signature_mismatch  stripe\n")
    assert run.stdout.endswith("body_trailing_bytes proved\n")
    assert "request.get_data()" in run.stdout, "the raw body of the framework"
    assert "whsec_" not in run.stdout


@pytest.mark.skipif(not hasattr(hookseal, "explain"), reason="the native half has no explain yet")
def test_the_commands(refused_json: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        ["bash", "-c", "\n".join(re.findall(r"^\$ (.*)", COMMANDS[1], re.MULTILINE))],
        cwd=refused_json.parent,
        env={"PATH": path},
        capture_output=True,
        text=True,
    )
    shown = [line for line in COMMANDS[1].splitlines() if not line.startswith("$ ")]
    assert (run.stdout.splitlines(), run.stderr) == (shown, "")


@pytest.mark.parametrize(
    ("package", "make", "secret"),
    [
        ("stripe", by_stripe, STRIPE_SECRET),
        ("standardwebhooks", by_standard_webhooks, STANDARD_SECRET),
        ("svix", by_svix, STANDARD_SECRET),
    ],
)
def test_before_and_after(package: str, make: Callable[[], Sent], secret: str) -> None:
    (block,) = [it for it in BLOCKS if "def before" in it and f"{package}" in it.split("def")[0]]
    names: dict[str, Any] = {}
    exec(compile(block, "README.md", "exec"), names)
    sent = make()
    headers = dict(sent.headers)
    for payload, status in ((sent.body, None), (sent.body + b" ", (400, 401))):
        before = names["before"](payload, headers, secret)
        after = names["after"](payload, headers, secret)
        if status is None:
            assert (before["id"], after["id"]) == ("evt_1", "evt_1")
            assert type(before) is type(after) and sent.body == EVENT.encode()
        else:
            assert (before, after) == status


def test_every_option_of_a_receiver_is_there() -> None:
    import inspect

    from hookseal.receive import Receiver

    options = set(inspect.signature(Receiver).parameters) - {"provider", "danger_weak_secret"}
    assert len(options) == 15
    assert {it for it in options if f"`{it}=" not in README} == set()
