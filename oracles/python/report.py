"""What was found, against what is known."""

from __future__ import annotations

from judge import Tally
from known import KNOWN, RARE


def line(tally: Tally) -> None:
    count = tally.counts
    if not tally.ran:
        print(f"{tally.row.name:20} {tally.sdk:44} not in this build ({count['sdk accepts its own']} accepted by the SDK)", flush=True)
        return
    unsigned = "".join(f" ({code} {times}x)" for code, times in tally.unsigned.items())
    print(
        f"{tally.row.name:20} {tally.sdk:44} hookseal signs {count['a']:>5}{unsigned}, {tally.signer:6} signs {count['b']:>5}, "
        f"mutated {count['mutated']:>5}, refused by both {count['refused by both']:>5}",
        flush=True,
    )


def summary(tallies: list[Tally], absent: list[str], complete: bool, vendors: int) -> int:
    failures, met = 0, set()
    print("\ndisagreements")
    for tally in tallies:
        for (side, kind), examples in tally.found.items():
            key = known_key(tally, side, kind)
            reason = KNOWN.get(key) or RARE.get(key)
            if reason:
                met.add(key)
            else:
                failures += 1
            package = tally.sdk.rsplit(" ", 1)[0]
            print(f"{'known ' if reason else 'FAILED'} {tally.row.name:18} {package:36} {side}: {kind} ({tally.counts[side, kind]}x): {reason or ''}")
            if not reason:
                for it in examples:
                    print(f"       {it}")
    if complete:
        packages = {(tally.row.name, tally.sdk.rsplit(" ", 1)[0]) for tally in tallies if tally.ran}
        for key in KNOWN:
            if (key[0], key[1]) in packages and key not in met:
                failures += 1
                print(f"FAILED {key}: listed as known, and did not occur")
    return failures + totals(tallies, absent, vendors)


def known_key(tally: Tally, side: str, kind: str) -> tuple[str, str, str, str]:
    return tally.row.name, tally.sdk.rsplit(" ", 1)[0], side, kind


def totals(tallies: list[Tally], absent: list[str], vendors: int) -> int:
    ran = [tally for tally in tallies if tally.ran]
    names = {tally.row.vendor for tally in ran if tally.counts["b"] or tally.counts["a"]}
    both = {tally.row.vendor for tally in ran if tally.counts["b"] and tally.counts["a"]}
    total = lambda key: sum(tally.counts[key] for tally in ran)
    print(f"\n{len(names)} vendors, {len({tally.row.name for tally in ran})} rows, {len(ran)} SDKs against rows; both directions: {len(both)} vendors")
    print(f"accepted by the SDK, signed by hookseal: {total('a')}")
    print(f"accepted by hookseal, signed by the SDK or by a recipe that the SDK accepts: {total('b')}")
    print(f"mutated: {total('mutated')}, refused by both: {total('refused by both')}")
    if absent:
        print(f"not in this build: {', '.join(absent)}")
    if len(names) < vendors:
        print(f"FAILED: {len(names)} vendors ran, {vendors} are asked for")
        return 1
    return 0
