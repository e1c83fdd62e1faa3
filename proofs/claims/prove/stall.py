"""Workers that are stopped for longer than their lease, and come back."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import nullcontext
from typing import Any

from hookseal.claims import Lease

from .mutants import broken
from .outcome import Outcome
from .stores import Store, delivery

_LEASE = 1
# The fence is what is dropped in the control.
FENCELESS = {
    "Redis": ("settle", "fence ~= ARGV[1]", "false"),
    "PostgreSQL": ("complete", "AND fence = :fence", "AND :fence > 0"),
    "SQLite": ("complete", "AND fence = :fence", "AND :fence > 0"),
}


def stopped(store: Store, workers: int, *, is_control: bool = False) -> Outcome:
    """Each worker claims, is stopped past its lease, and then completes what another has taken."""
    store.stage.clear()
    with broken(*FENCELESS[store.name]) if is_control else nullcontext():
        stale = [_Stalled(store, number) for number in range(workers)]
        time.sleep(_LEASE + 0.2)
        claims = store.claims(lease=30)
        newer = [claims.claim(delivery(number)) for number in range(workers)]
        said = [one.go_on() for one in stale]
        own = [claim.complete() for claim in newer if isinstance(claim, Lease)]
    outcome = Outcome(
        "stopped past the lease",
        ("control without fence: " if is_control else "") + store.name,
        {
            "workers": workers,
            "taken over": len(own),
            "with a higher fence": sum(
                isinstance(new, Lease) and new.fence > old.fence
                for new, old in zip(newer, stale, strict=True)
            ),
            "stale complete refused": sum(not it["complete"] for it in said),
            "newer run completed": sum(own),
        },
    )
    if is_control:
        outcome.expect(outcome.figures["stale complete refused"] == 0, "the control refused")
        return outcome
    for name, figure in list(outcome.figures.items()):
        outcome.expect(figure == workers, f"{name}: not all")
    return outcome


class _Stalled:
    """A process that claims, and stops itself."""

    def __init__(self, store: Store, number: int) -> None:
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reading)
            _stall(store, number, writing)
        os.close(writing)
        self._pipe = os.fdopen(reading)
        os.waitpid(self._pid, os.WUNTRACED)  # until it has stopped
        self.fence = int(self._pipe.readline())

    def go_on(self) -> dict[str, Any]:
        os.kill(self._pid, signal.SIGCONT)
        said: dict[str, Any] = json.loads(self._pipe.readline())
        self._pipe.close()
        os.waitpid(self._pid, 0)
        return said


def _stall(store: Store, number: int, pipe: int) -> None:
    try:
        claim = store.claims(lease=_LEASE).claim(delivery(number))
        os.write(pipe, f"{claim.fence}\n".encode())
        os.kill(os.getpid(), signal.SIGSTOP)
        said = {"complete": claim.complete()}
        os.write(pipe, f"{json.dumps(said)}\n".encode())
    finally:
        os._exit(0)
