"""The README's own code: the first example, and the ways of other packages beside ours."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from _deliveries import (
    EVENT,
    STANDARD_SECRET,
    STRIPE_SECRET,
    Sent,
    by_standard_webhooks,
    by_stripe,
    by_svix,
)

README = (Path(__file__).parents[2] / "README.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_first_example() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(BLOCKS[0], "README.md", "exec"), {})
    assert said.getvalue() == "evt_1 invoice.paid\n"


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
    assert len(options) == 12
    assert {it for it in options if f"`{it}=" not in README} == set()
