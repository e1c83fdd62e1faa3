"""Holds vendors' SDKs against hookseal. See README.md beside this folder."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import judge
import report
from lines import Lines
from parties import Hookseal, Npm, PyPI
from table import ROWS

ADAPTER = Path(__file__).parent.parent / "node" / "adapter.mjs"


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--oracle", required=True, help="hookseal's example `oracle`, built")
    options.add_argument("--deliveries", type=int, default=1000, help="for each SDK and row")
    options.add_argument("--vendors", type=int, default=25, help="fewer that ran are a failure")
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--only", default="", help="rows, parted by commas: the known list is not held complete")
    options = options.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
    only = set(filter(None, options.only.split(",")))
    started = time.monotonic()
    print(f"seed {seed}, {options.deliveries} deliveries for each SDK and row", flush=True)

    hookseal = Hookseal(Lines([options.oracle]))
    npm, pypi = Npm(Lines(["node", str(ADAPTER)])), PyPI()
    now_ms = int(time.time()) * 1000
    tallies: list[judge.Tally] = []
    absent: list[str] = []
    judge.controls(hookseal, now_ms)
    for row in ROWS:
        if only and row.name not in only:
            continue
        if row.name not in hookseal.rows:
            absent.append(row.name)
        for party in (npm, pypi):
            if row.name in party.rows:
                rng = random.Random(f"{seed} {row.name} {party.name}")
                tally = judge.judge(row, party, hookseal, rng, now_ms, options.deliveries)
                report.line(tally)
                tallies.append(tally)
    failures = report.summary(tallies, absent, complete=not only, vendors=0 if only else options.vendors)
    print(f"{time.monotonic() - started:.0f} s")
    hookseal.lines.close()
    npm.lines.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
