"""What a verification costs in Python: beside the standard library's own HMAC of the same body,
and beside the packages that providers hand out.

Everybody runs a little in every round, in turn, and who begins changes; a figure is the median of
the rounds, a ratio the median of the ratios inside the rounds. So other work on the machine hits
all alike.

    python bench/run.py            the tables
    python bench/run.py --check    fails where a budget is broken
"""

import base64
import hmac
import os
import statistics
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import hookseal

ROUNDS = 301
ROUND = 100_000  # nanoseconds a round for each, at least one call
SIZES = {"256 B": 256, "1 KiB": 1 << 10, "16 KiB": 16 << 10, "1 MiB": 1 << 20}

SECRETS = {
    "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "stripe": "whsec_test_9f0c1b7a5d3e4f60",
    "github": "It's a Secret to Everybody",
}
OTHERS = {
    "host": "hooks.example.com",
    "user-agent": "Provider/1.0 (+https://example.com/webhooks)",
    "content-type": "application/json; charset=utf-8",
    "content-length": "1024",
    "accept": "*/*",
    "accept-encoding": "gzip",
}


def body_of(size):
    body = b'{"id":"evt_1","type":"invoice.paid","data":"' + b"x" * size
    return body[: size - 2] + b'"}'


def floor(body):
    """What no verification in Python can do without, unless it leaves the standard library."""
    key = base64.b64decode(SECRETS["standard-webhooks"].removeprefix("whsec_"))
    tag = hmac.digest(key, body, "sha256")
    return lambda: hmac.compare_digest(hmac.digest(key, body, "sha256"), tag)


def headers_of(row, body):
    return {**OTHERS, **hookseal.sign(row, SECRETS[row], body, event_id="msg_1")}


def ours(row, body):
    verifier, headers = hookseal.Verifier(row, SECRETS[row]), headers_of(row, body)
    return lambda: verifier.verify(body, headers)


def standardwebhooks(body):
    from standardwebhooks import Webhook

    webhook, headers = Webhook(SECRETS["standard-webhooks"]), headers_of("standard-webhooks", body)
    return lambda: webhook.verify(body, headers)


def svix(body):
    from svix.webhooks import Webhook

    webhook, headers = Webhook(SECRETS["standard-webhooks"]), headers_of("standard-webhooks", body)
    return lambda: webhook.verify(body, headers)


def stripe(body):
    from stripe import WebhookSignature

    header = headers_of("stripe", body)["stripe-signature"]
    text = body.decode()
    return lambda: WebhookSignature.verify_header(text, header, SECRETS["stripe"], 300)


def contestants(body):
    yield "floor", floor(body)
    for row in SECRETS:
        yield row, ours(row, body)
    yield "standardwebhooks", standardwebhooks(body)
    yield "svix", svix(body)
    yield "stripe (package)", stripe(body)


def timed(call, times):
    start = time.perf_counter_ns()
    for _ in range(times):
        call()
    return (time.perf_counter_ns() - start) / times


def measure(body):
    """Nanoseconds of every round, by name."""
    calls = dict(contestants(body))
    times = {}
    for name, call in calls.items():
        timed(call, 20)
        times[name] = max(1, int(ROUND / timed(call, 5)))
    rounds = {name: [] for name in calls}
    names = list(calls)
    for number in range(ROUNDS if len(body) < 1 << 18 else ROUNDS // 6):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            rounds[name].append(timed(calls[name], times[name]))
    return rounds


def ratio(rounds, name, other="floor"):
    return statistics.median(a / b for a, b in zip(rounds[name], rounds[other], strict=True))


def import_time(statement):
    """Milliseconds of a process that runs a statement, the best of many: the least disturbed."""
    best = []
    for _ in range(25):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", statement], check=True)
        best.append((time.perf_counter() - start) * 1000)
    return min(best)


def installed_size(package):
    files = metadata.files(package) or []
    return sum(os.path.getsize(it.locate()) for it in files if Path(it.locate()).is_file())


def table(names):
    """Prints the table, and gives the ratios to the floor by size and name."""
    print("| body | " + " | ".join(names) + " |")
    print("| --- |" + " ---: |" * len(names))
    ratios = {}
    for label, size in SIZES.items():
        rounds = measure(body_of(size))
        ratios[label] = {name: ratio(rounds, name) for name in names}
        cells = [f"{statistics.median(rounds[it]):,.0f} ({ratios[label][it]:.2f})" for it in names]
        print(f"| {label} | " + " | ".join(cells) + " |", flush=True)
        if size == 1 << 10:
            peer = ratio(rounds, "standardwebhooks", "standard-webhooks")
    return ratios, peer


def main():
    version, release = sys.version.split()[0], metadata.version("hookseal")
    print(
        f"Python {version}, hookseal {release}, load {os.getloadavg()[0]:.1f}; nanoseconds a call,"
    )
    print(f"medians of {ROUNDS} interleaved rounds, and (the ratio to the floor).\n")
    names = [name for name, _ in contestants(body_of(256))]
    ratios, peer = table(names)
    bare, with_us = import_time("pass"), import_time("import hookseal")
    print(f"\nAt 1 KiB {peer:.1f} times as fast as `standardwebhooks`.")
    print(f"`import hookseal`: {with_us - bare:.1f} ms above a bare interpreter's {bare:.1f} ms.")
    for package in ("hookseal", "standardwebhooks", "svix", "stripe"):
        size = installed_size(package) / 1e6
        print(f"Installed size of {package}: {size:.1f} MB, without what it needs.")
    worst = max(cells[row] for cells in ratios.values() for row in SECRETS)
    at_1_kib = max(ratios["1 KiB"][row] for row in SECRETS)
    kept = {
        f"at 1 KiB {at_1_kib:.2f} of the floor, budget 0.6": at_1_kib <= 0.6,
        f"at any size {worst:.2f} of the floor, budget 1.1": worst <= 1.1,
        f"{peer:.1f} times as fast as standardwebhooks, budget 6": peer >= 6,
        f"import {with_us - bare:.1f} ms, budget 15": with_us - bare <= 15,
    }
    print()
    for budget, is_kept in kept.items():
        print(f"{'kept' if is_kept else 'BROKEN'}: {budget}")
    return 0 if all(kept.values()) or "--check" not in sys.argv else 1


if __name__ == "__main__":
    sys.exit(main())
