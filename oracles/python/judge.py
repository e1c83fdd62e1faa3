"""One row and one SDK: both directions, and what both must refuse."""

from __future__ import annotations

import random
import string
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

import bodies
import mutate
from mutate import Sent, sent
from parties import Hookseal, Party, Verdict
from rows import Delivery, Headers, Row

DAY_MS = 86_400_000


@dataclass
class Tally:
    row: Row
    sdk: str
    ran: bool  # against hookseal; else the row is not in this build
    counts: Counter = field(default_factory=Counter)
    found: dict = field(default_factory=lambda: defaultdict(list))  # (side, kind) -> examples
    signer: str = ""
    unsigned: Counter = field(default_factory=Counter)  # why hookseal did not sign

    def disagree(self, side: str, kind: str, example: str) -> None:
        self.counts[side, kind] += 1
        if len(self.found[side, kind]) < 3:
            self.found[side, kind].append(example)


def delivery(row: Row, rng: random.Random, now_ms: int) -> Delivery:
    window = max(1, min(row.past, 290) - 2)
    sent_ms = now_ms - rng.randrange(window * 1000)
    if row.whole_seconds:
        sent_ms -= sent_ms % 1000
    secret = row.secret(rng)
    it = Delivery(
        row=row.name, body=b"", mark=bodies.mark(rng), secret=row.public(secret) if row.public else secret,
        private=secret, sent_ms=sent_ms, event_id="evt_" + "".join(rng.choices(string.ascii_letters + string.digits, k=20)),
        url=rng.choice(["https://hooks.example.com/", "https://hooks.example.com/in/42", "https://hooks.example.com:8443/a/b"]),
    )
    it.body = body(row, rng, it)
    it.headers = row.extra(it)
    return it


def body(row: Row, rng: random.Random, it: Delivery) -> bytes:
    match row.body:
        case "plain":
            # Half are JSON, as most deliveries are.
            return bodies.plain(rng, it.mark) if rng.random() < 0.5 else bodies.formatted(rng, it.mark, row.fields(it))
        case "json":
            return bodies.formatted(rng, it.mark, row.fields(it))
        case "compact":
            make = bodies.formatted if rng.random() < 0.1 else bodies.compact
            return make(rng, it.mark, row.fields(it))
        case "form":
            return bodies.form(rng, it.mark)
    raise ValueError(row.body)


def signed_by_sender(row: Row, party: Party, deliveries: list[Delivery]) -> list[Sent]:
    """Signed by the SDK, or by the recipe where the SDK does not sign."""
    made = party.sign(row, deliveries) if party.signs(row) else [None] * len(deliveries)
    return [sent(d, headers or row.recipe(d)) for d, headers in zip(deliveries, made, strict=True)]


def judge(row: Row, party: Party, hookseal: Hookseal, rng: random.Random, now_ms: int, count: int) -> Tally:
    tally = Tally(row, party.sdk(row), row.name in hookseal.rows, signer="SDK" if party.signs(row) else "recipe")
    deliveries = [delivery(row, rng, now_ms) for _ in range(count)]
    theirs = signed_by_sender(row, party, deliveries)
    from_theirs(tally, row, party, hookseal, theirs, now_ms)
    if not tally.ran:
        return tally
    made = hookseal.sign(row, [delivery(row, rng, now_ms) for _ in range(count)])
    ours = [it for it in made if isinstance(it, Sent)]
    tally.unsigned = Counter(it for it in made if isinstance(it, str))
    from_ours(tally, row, party, hookseal, ours, now_ms)
    # Of either direction as many as there are, and none that is refused as it is.
    both = [it for it in theirs + ours if it.accepted == 2]
    rng.shuffle(both)
    mutated(tally, row, party, hookseal, rng, both[:count], now_ms)
    if row.time or row.claims:
        windows(tally, row, party, hookseal, rng, now_ms, count // 10)
    return tally


def from_theirs(tally: Tally, row: Row, party: Party, hookseal: Hookseal, theirs: list[Sent], now_ms: int) -> None:
    """Direction b. A recipe's delivery counts once the SDK itself has accepted it."""
    for it, verdict in zip(theirs, party.verify(row, theirs, now_ms), strict=True):
        it.accepted += verdict.accepted
        tally.counts["sdk accepts its own"] += verdict.accepted
        if not verdict.accepted:
            tally.disagree("sdk refuses", genuine(row, "its own", it), example(it, verdict))
    if tally.ran:
        for it, verdict in zip(theirs, hookseal.verify(row, theirs, now_ms), strict=True):
            it.accepted += verdict.accepted
            tally.counts["b"] += verdict.accepted
            if not verdict.accepted:
                tally.disagree("hookseal refuses", genuine(row, "genuine", it), example(it, verdict))


def from_ours(tally: Tally, row: Row, party: Party, hookseal: Hookseal, ours: list[Sent], now_ms: int) -> None:
    """Direction a."""
    for it, verdict in zip(ours, party.verify(row, ours, now_ms), strict=True):
        it.accepted += verdict.accepted
        tally.counts["a"] += verdict.accepted
        if not verdict.accepted:
            tally.disagree("sdk refuses", genuine(row, "genuine", it), example(it, verdict))
    for it, verdict in zip(ours, hookseal.verify(row, ours, now_ms), strict=True):
        it.accepted += verdict.accepted
        if not verdict.accepted:
            tally.disagree("hookseal refuses", genuine(row, "its own", it), example(it, verdict))


def mutated(tally: Tally, row: Row, party: Party, hookseal: Hookseal, rng: random.Random, whole: list[Sent], now_ms: int) -> None:
    """Each delivery with one mutation: the kinds in turn."""
    kinds, changed = [], []
    for at, it in enumerate(whole):
        for turn in range(len(mutate.KINDS)):
            kind = mutate.KINDS[(at + turn) % len(mutate.KINDS)]
            made = kind(rng, row, it)
            if made is not None:
                kinds.append(kind.__name__)
                changed.append(made)
                break
    refused(tally, row, party, hookseal, kinds, changed, now_ms)


def windows(tally: Tally, row: Row, party: Party, hookseal: Hookseal, rng: random.Random, now_ms: int, count: int) -> None:
    """Genuine, but signed a day before the window, or a day ahead."""
    for kind, moved in (("too old", now_ms - 1000 * row.past - DAY_MS), ("too new", now_ms + DAY_MS)):
        deliveries = [delivery(row, rng, moved) for _ in range(count)]
        made = signed_by_sender(row, party, deliveries)
        refused(tally, row, party, hookseal, [kind] * count, made, now_ms)


def refused(tally: Tally, row: Row, party: Party, hookseal: Hookseal, kinds: list[str], changed: list[Sent], now_ms: int) -> None:
    theirs, ours = party.verify(row, changed, now_ms), hookseal.verify(row, changed, now_ms)
    for kind, it, sdk, own in zip(kinds, changed, theirs, ours, strict=True):
        tally.counts["mutated"] += 1
        match sdk.accepted, own.accepted:
            case False, False:
                tally.counts["refused by both"] += 1
            case True, False:
                tally.disagree("sdk accepts", kind, example(it, own))
            case False, True:
                tally.disagree("hookseal accepts", kind, example(it, sdk))
            case True, True:
                tally.disagree("both accept", kind, example(it, sdk))


def genuine(row: Row, kind: str, it: Sent) -> str:
    """The kind, with what is special about this delivery."""
    special = row.special(it) if it.body else "no body"
    return f"{kind}, {special}" if special else kind


def example(it: Sent, verdict: Verdict) -> str:
    return f"{verdict.why[:200]} | {it.headers} | {it.url} | {it.body[:200]!r}"


class Broken(Party):
    """An SDK that is wrong, to see that the judge says so."""

    name = "control"

    def __init__(self, real: Hookseal, verdict: bool, signs: bool) -> None:
        self.real, self.verdict = real, verdict
        self.rows = {"stripe": ("broken", "0", signs)}

    def sign(self, row: Row, deliveries: list[Delivery]) -> list[Headers]:
        """The body of another delivery."""
        return [row.recipe(replace(d, body=d.body + b"x")) for d in deliveries]

    def verify(self, row: Row, sent: list[Sent], now_ms: int) -> list[Verdict]:
        return [Verdict(self.verdict) for _ in sent]


def controls(hookseal: Hookseal, now_ms: int) -> None:
    """Three broken SDKs must be found out, each in its own way. Else nothing here is worth a thing."""
    from table import ROWS

    row, rng = next(row for row in ROWS if row.name == "stripe"), random.Random(1)
    expected = [
        (Broken(hookseal, True, False), ("sdk accepts", "body"), 1),
        (Broken(hookseal, False, False), ("sdk refuses", "genuine"), 80),
        (Broken(hookseal, True, True), ("hookseal refuses", "genuine"), 80),
    ]
    for party, key, least in expected:
        tally = judge(row, party, hookseal, rng, now_ms, 100)
        if tally.counts[key] < least:
            raise SystemExit(f"control: a broken SDK was not found out: {key}")
    print("controls: three broken SDKs were found out")
