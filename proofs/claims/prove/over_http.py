"""The worked examples over HTTP, killed and restarted; the naive receivers beside them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from .client import Drive
from .deliveries import Deliveries, Sent, signed
from .examples import PATH, Example
from .outcome import Outcome
from .receivers import Receivers

_CONNECTIONS = 24


class Provider(Deliveries):
    """Deliveries as requests; `broken` are those that were under way at a receiver that died, by
    the number of the event."""

    def __init__(self, more: Callable[[], bool]) -> None:
        super().__init__(more)
        self.broken: Counter[int] = Counter()

    def answered(self, sent: Sent, status: int | None, retry_after: float | None = None) -> None:
        if status is None:
            self.broken[sent.number] += 1
        super().answered(sent, status, retry_after)

    def refused(self, sent: Sent) -> None:
        self.broken[sent.number] -= 1
        super().refused(sent)

    def request(self, sent: Sent) -> bytes:
        body, headers = signed(sent.number)
        return request_of(body, headers)


def request_of(body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"POST {PATH} HTTP/1.1", "host: localhost", "content-type: application/json"]
    lines += [
        f"content-length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Guard:
    """How a receiver guards against doubles, and what must come of it."""

    name: str
    must_lose: bool = False
    must_double: bool = False


GUARDS = (
    Guard("claims"),
    Guard("mark-first", must_lose=True),
    Guard("mark-after", must_double=True),
)


def killed(example: Example, guard: Guard, kills: int, haste: float = 1) -> Outcome:
    """At least so many kills; `haste` makes each of them so much likelier."""
    example.clear()
    started = time.monotonic()
    with Receivers(
        example.command,
        example.environment(guard.name, example.chance * haste),
        example.folder_of(guard.name),
        pause=example.pause,
        kills=kills,
    ) as receivers:
        provider = Provider(lambda: receivers.kills < kills)
        Drive(receivers.ports, _CONNECTIONS, provider).run()
        points = receivers.points
    seconds = time.monotonic() - started
    verdict = example.compare(provider.events)
    outcome = Outcome(
        "kills over HTTP",
        f"{example.what}: {guard.name}",
        {
            "events": verdict.events,
            "deliveries": provider.attempts,
            "kills": receivers.kills,
            **{f"when {point}": count for point, count in sorted(points.items())},
            "from outside": receivers.kills - points.total(),
            "deliveries broken off": provider.broken.total(),
            "lost": verdict.lost,
            "doubled": verdict.doubled,
            "per second": round(provider.attempts / seconds),
        },
    )
    _judge(outcome, example, guard, provider)
    outcome.expect(receivers.kills >= kills, "too few kills")
    outcome.expect(not provider.is_stuck, "deliveries that nobody takes")
    outcome.expect(verdict.unknown == 0, "the ledger holds what was not sent")
    return outcome


def _judge(outcome: Outcome, example: Example, guard: Guard, provider: Provider) -> None:
    lost, doubled = outcome.figures["lost"], outcome.figures["doubled"]
    if guard.must_lose:
        outcome.expect_of_control(lost > 0, "the control lost nothing")
        return
    if guard.must_double:
        outcome.expect_of_control(doubled > 0, "the control doubled nothing")
        return
    outcome.expect(lost == 0, "lost")
    if not example.has_window:
        outcome.expect(doubled == 0, "doubled")
        return
    # Each double has a delivery of the same event that a death broke off.
    extra = example.doubles()
    unexplained = sum(max(0, times - provider.broken[number]) for number, times in extra.items())
    outcome.expect(unexplained == 0, "doubled outside the window")
