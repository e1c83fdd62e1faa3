"""Who signs and verifies: hookseal, and the SDKs of a registry."""

from __future__ import annotations

import base64
import logging
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote

import time_machine

from lines import Lines
from mutate import Sent, put, sent
from rows import Delivery, Headers, Row


@dataclass
class Verdict:
    accepted: bool
    why: str = ""


class Hookseal:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.rows = set(lines.ask([{"op": "rows"}])[0]["rows"])

    def sign(self, row: Row, deliveries: list[Delivery]) -> list[Sent | str]:
        """A code where hookseal cannot sign. A body that holds its own signature comes from the
        recipe, and gets another signature in the place of the recipe's."""
        if row.signature[0] == "body":
            for d in deliveries:
                d.headers |= row.recipe(d)
        for d in deliveries:
            d.headers |= row.given(d)
        answers = self.lines.ask([
            {"op": "sign", "row": row.name, "secrets": [row.signer(d.private) if row.signer else row.ours(d.secret)], "body": text(d.body), "event_id": d.event_id,
             "now_ms": d.sent_ms, "url": d.url, "method": d.method, "headers": list(d.headers.items())}
            for d in deliveries
        ])
        return [self.sent(row, d, answer) if "headers" in answer else answer["refused"] for d, answer in zip(deliveries, answers, strict=True)]

    def sent(self, row: Row, d: Delivery, answer: dict) -> Sent:
        made = sent(d, dict(answer["headers"]))
        if row.signature[0] != "body":
            return made
        cleared = put(row.signature, made, lambda old: "?" * len(old))
        return put(row.signature, cleared, lambda old: quote(answer["signature"], safe="+/="))

    def verify(self, row: Row, sent: list[Sent], now_ms: int) -> list[Verdict]:
        answers = self.lines.ask([
            {"op": "verify", "row": row.name, "secrets": [row.ours(it.secret)], "body": text(it.body), "now_ms": now_ms,
             "url": it.url, "method": it.method, "headers": list(it.headers.items())}
            for it in sent
        ])
        return [Verdict(it.get("verdict") == "verified", it.get("verdict") or it["refused"]) for it in answers]


class Party:
    """The SDKs of one registry."""

    name: str
    rows: dict[str, tuple[str, str, bool]]  # row -> package, version, whether it signs

    def sdk(self, row: Row) -> str:
        package, number, _ = self.rows[row.name]
        return f"{self.name}:{package} {number}"

    def signs(self, row: Row) -> bool:
        return self.rows[row.name][2]

    def sign(self, row: Row, deliveries: list[Delivery]) -> list[Headers | None]:
        """None where the SDK will not sign this body, as an empty one."""
        raise NotImplementedError

    def verify(self, row: Row, sent: list[Sent], now_ms: int) -> list[Verdict]:
        raise NotImplementedError


class Npm(Party):
    name = "npm"

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.rows = lines.ask([{"op": "sdks"}])[0]

    def sign(self, row: Row, deliveries: list[Delivery]) -> list[Headers | None]:
        answers = self.lines.ask([
            {"op": "sign", "row": row.name, "secret": d.secret, "body": text(d.body), "event_id": d.event_id,
             "clock_ms": d.sent_ms, "seconds": d.sent_ms // 1000, "url": d.url, "method": d.method, "headers": d.headers}
            for d in deliveries
        ])
        return [answer.get("headers") for answer in answers]

    def verify(self, row: Row, sent: list[Sent], now_ms: int) -> list[Verdict]:
        answers = self.lines.ask([
            {"op": "verify", "row": row.name, "secret": it.secret, "body": text(it.body), "clock_ms": now_ms,
             "url": it.url, "method": it.method, "headers": it.headers}
            for it in sent
        ])
        return [Verdict(it["accepted"], it["why"]) for it in answers]


class PyPI(Party):
    name = "PyPI"

    def __init__(self) -> None:
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        import sdks

        self.sdks = sdks
        self.rows = {row: (sdk.package, version(sdk.package), sdk.sign is not None) for row, sdk in sdks.SDKS.items()}

    def sign(self, row: Row, deliveries: list[Delivery]) -> list[Headers | None]:
        sign = self.sdks.SDKS[row.name].sign
        with time_machine.travel(0, tick=False) as clock:
            made = []
            for d in deliveries:
                clock.move_to(d.sent_ms / 1000)
                made.append(sign(self.call(d, d.headers, d.sent_ms // 1000)))
            return made

    def verify(self, row: Row, sent: list[Sent], now_ms: int) -> list[Verdict]:
        with time_machine.travel(now_ms / 1000, tick=False):
            return [self.verdict(row, it) for it in sent]

    def verdict(self, row: Row, sent: Sent) -> Verdict:
        try:
            accepted = bool(self.sdks.SDKS[row.name].verify(self.call(sent, sent.headers, 0)))
        except Exception as error:
            return Verdict(False, f"{type(error).__name__}: {error}")
        return Verdict(accepted, "" if accepted else "false")

    def call(self, it: Delivery | Sent, headers: Headers, seconds: int):
        event_id = getattr(it, "event_id", "")
        return self.sdks.Call(it.body, self.sdks.Text(headers), it.secret, it.url, it.method, event_id, seconds)


def text(body: bytes) -> str:
    return base64.b64encode(body).decode()
