"""An endpoint with a store, and what is sent to it."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import hookseal
from _servers import Server
from hookseal import Delivery
from hookseal.claims import MemoryClaims, StoreUnavailableError
from hookseal.receive import Receiver

from _claimed import SECRET, Clock
from _deliveries import Sent

PATH = "/hook"
Answered: TypeAlias = tuple[int, dict[str, str], bytes]


class Counting(MemoryClaims):
    """Counts how often it is asked, and can be down."""

    asked = 0
    is_down = False

    def _claim(self, known: Any) -> Any:
        self._count()
        return super()._claim(known)

    def _settle(self, *arguments: Any) -> bool:
        self._count()
        return super()._settle(*arguments)

    def _count(self) -> None:
        self.asked += 1
        if self.is_down:
            raise StoreUnavailableError from ConnectionError("a host, a port")


class Endpoint:
    """What one endpoint does with a delivery: what the delivery says."""

    def __init__(self, **options: Any) -> None:
        self.clock = Clock()
        self.store = Counting(clock=self.clock)
        self.told: list[tuple[str, str | None]] = []
        self.ran: list[str | None] = []
        given: dict[str, Any] = {"claims": self.store} | options
        self.receiver = Receiver(
            "stripe",
            secret=SECRET,
            on_outcome=lambda code, it: self.told.append((code, it.event_id)),
            on_refused=lambda *_: None,
            **given,
        )

    def run(self, delivery: Delivery) -> int:
        """The status to answer with."""
        self.ran.append(delivery.event_id)
        match delivery.json()["more"]:
            case "raise":
                raise ZeroDivisionError
            case "store":
                raise StoreUnavailableError
            case "late":
                self.clock.now += 61
                again = self.store.claim(delivery)
                assert again.complete()  # type: ignore[union-attr]
                return 200
            case "down":
                self.store.is_down = True
                return 200
            case status:
                return int(status or 200)


class Served:
    """A running application, and its endpoint."""

    def __init__(self, name: str, server: Server, endpoint: Endpoint) -> None:
        self.name, self._server, self.it = name, server, endpoint

    def send(self, name: str, more: str = "", *, forged: bool = False) -> Answered:
        body = json.dumps({"id": f"evt_{name}", "type": "invoice.paid", "more": more}).encode()
        signed = hookseal.sign("stripe", SECRET, body)
        headers = (("content-type", "application/json"), *signed.items())
        return self._server.send(Sent(PATH, body + b" " * forged, headers))
