"""The examples as they are: each in a process of its own, under its own server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

import hookseal
from _deliveries import STRIPE_SECRET, by_stripe
from _servers import Server

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

COMMANDS = {
    "fastapi_app": "-m uvicorn --port 0 fastapi_app:app",
    "asgi_app": "-m uvicorn --port 0 asgi_app:app",
    "django_app": "django_app.py runserver --noreload --nothreading 127.0.0.1:0",
    "flask_app": "-m flask --app flask_app run --port 0",
    "aiohttp_app": "-c {aiohttp}",
    "wsgi_app": "wsgi_app.py",
}
"""How each is served. `python -m aiohttp.web` does not tell the port that it has taken."""

AIOHTTP = """
import asyncio
from aiohttp import web
from aiohttp_app import make_app

async def serve():
    runner = web.AppRunner(make_app([]))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("listening on http://%s:%d" % runner.addresses[0], flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""


def start(name: str, **environment: str) -> subprocess.Popen[str]:
    arguments = [AIOHTTP if it == "{aiohttp}" else it for it in COMMANDS[name].split()]
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=EXAMPLES,
        env={**kept, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(name: str) -> Iterator[Server]:
    process = start(name, STRIPE_WEBHOOK_SECRET=STRIPE_SECRET)
    guard = Timer(30, process.kill)  # what does not start says nothing, and is not waited for
    guard.start()
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:([1-9]\d*)", line):
                guard.cancel()
                yield Server(int(found[1]))
                return
        raise AssertionError(f"{name} does not listen: {said}")
    finally:
        guard.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def test_each_example_is_run() -> None:
    others = {"lambda_handler", "keep_refused", "explain_refused", "test_fastapi_app"}
    others |= {"claims_app", "claims_within_app", "inbox_app"}  # by the tests of claims
    assert {it.stem for it in EXAMPLES.glob("*.py")} == {*COMMANDS, *others}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_takes_what_is_genuine(name: str) -> None:
    with serving(name) as server:
        status, _, body = server.send(by_stripe())
        assert (status, b"evt_1" in body, b"invoice.paid" in body) == (200, True, True)
        forged = server.send(by_stripe().but(body=b'{"id":"evt_2","type":"invoice.paid"}'))
        assert forged[::2] == (401, hookseal.PUBLIC_MESSAGE.encode())


@pytest.mark.parametrize("secret", [None, "", "tooshort"])
@pytest.mark.parametrize("name", COMMANDS)
def test_without_its_secret_it_never_listens(name: str, secret: str | None) -> None:
    environment = {} if secret is None else {"STRIPE_WEBHOOK_SECRET": secret}
    process = start(name, **environment)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "hookseal: " in said and "STRIPE_WEBHOOK_SECRET" in said
    assert "http://" not in said and "tooshort" not in said and "Traceback" not in said


def test_the_function(monkeypatch: pytest.MonkeyPatch) -> None:
    from test_lambda import v1, v2

    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", STRIPE_SECRET)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import lambda_handler

    for form in (v1, v2):
        answer = lambda_handler.handler(form(by_stripe()), None)
        assert answer == {"statusCode": 200, "body": "took evt_1, invoice.paid"}
        assert lambda_handler.handler(form(by_stripe(ago=4000)), None)["statusCode"] == 401


def test_the_test() -> None:
    """The example of a test, run as a user runs it: without the settings of this folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider"]
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [*command, "test_fastapi_app.py"], cwd=EXAMPLES, env=kept, capture_output=True, text=True
    )
    assert run.returncode == 0 and "1 passed" in run.stdout, run.stdout


def test_the_readme_shows_them_as_they_are() -> None:
    text = (ROOT / "README.md").read_text()
    for path in sorted(EXAMPLES.glob("*.py")):
        shown = text.count(f"```python\n{path.read_text()}```\n")
        assert shown == (0 if path.stem in ("asgi_app", "wsgi_app") else 1), path.name
