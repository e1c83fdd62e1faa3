"""The line of figures that each proof gives, and the table of all of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "results"


@dataclass
class Outcome:
    """What one proof saw. `troubles` is empty where it holds."""

    proof: str
    subject: str
    figures: dict[str, Any]
    troubles: list[str] = field(default_factory=list)
    # A control that has not shown its fault.
    is_silent: bool = False

    def expect(self, holds: bool, trouble: str) -> None:
        if not holds:
            self.troubles.append(trouble)

    def expect_of_control(self, fires: bool, trouble: str) -> None:
        self.is_silent = not fires
        self.expect(fires, trouble)


def fired(control: Callable[[], Outcome], most: int = 8) -> Outcome:
    """A control whose kills hit its weak point by chance is run until it shows its fault. It must
    show it in one of so many runs; any other trouble counts at once."""
    for run in range(1, most + 1):
        outcome = control()
        outcome.figures["runs"] = run
        if not outcome.is_silent or len(outcome.troubles) > 1:
            break
    return outcome


class Report:
    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []
        self._started = time.monotonic()
        self._since = self._started

    def add(self, outcome: Outcome) -> None:
        now = time.monotonic()
        seconds, self._since = round(now - self._since, 1), now
        line = {
            "proof": outcome.proof,
            "subject": outcome.subject,
            "holds": not outcome.troubles,
            **outcome.figures,
            "seconds": seconds,
            "troubles": outcome.troubles,
        }
        print(json.dumps(line), flush=True)
        RESULTS.mkdir(exist_ok=True)
        with (RESULTS / "lines.jsonl").open("a") as lines:
            lines.write(json.dumps(line) + "\n")
        self._outcomes.append(outcome)

    def table(self) -> bool:
        """Prints all of them, and those that do not hold once more; false where there are any."""
        print("\n| proof | subject | figures | holds |\n| --- | --- | --- | --- |")
        for it in self._outcomes:
            figures = ", ".join(f"{name} {value}" for name, value in it.figures.items())
            verdict = "; ".join(it.troubles) or "yes"
            print(f"| {it.proof} | {it.subject} | {figures} | {verdict} |")
        print(f"\n{time.monotonic() - self._started:.0f} s in all")
        failed = [it for it in self._outcomes if it.troubles]
        for it in failed:
            print(f"does not hold: {it.proof}, {it.subject}: {'; '.join(it.troubles)}")
        return bool(self._outcomes) and not failed
