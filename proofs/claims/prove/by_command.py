"""The worked examples fed by `hookseal send`, each event three times."""

from __future__ import annotations

import os
import subprocess

from .deliveries import COPIES, SECRET, body_of
from .examples import PATH, Example
from .outcome import Outcome
from .receivers import Receivers


def sent(example: Example, events: int) -> Outcome:
    """Without kills: what a reader does at first."""
    example.clear()
    with Receivers(
        example.command, example.environment("claims"), example.folder_of("claims"), count=1
    ) as receivers:
        url = f"http://127.0.0.1:{receivers.ports[0]}{PATH}"
        taken = sum(_send(url, number) for number in range(events) for _ in range(COPIES))
    verdict = example.compare(events)
    outcome = Outcome(
        "hookseal send",
        example.what,
        {"events": events, "taken": taken, "lost": verdict.lost, "doubled": verdict.doubled},
    )
    outcome.expect(taken == events * COPIES, "not all were taken")
    outcome.expect(verdict.lost == verdict.doubled == 0, "not each exactly once")
    return outcome


def _send(url: str, number: int) -> bool:
    command = [os.environ.get("HOOKSEAL", "hookseal"), "send", url, "--provider", "stripe"]
    done = subprocess.run(
        [*command, "--secret-env", "PROVE_SECRET", "--body", "-"],
        input=body_of(number),
        env={**os.environ, "PROVE_SECRET": SECRET},
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0
