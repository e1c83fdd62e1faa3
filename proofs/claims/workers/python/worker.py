"""A worker in Python for prove/together.py: takes `signature TAB body` lines, and tells of each
delivery the status, and what the claim came to."""

import os
import sys
from typing import Any

import psycopg
import redis

from hookseal import Delivery, VerificationError, Verifier
from hookseal.claims import Lease, PostgresClaims, RedisClaims, Run

MODE, SCOPE = os.environ["MODE"], os.environ["SCOPE"]
verifier = Verifier("stripe", os.environ["SECRET"])
connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
claims: Any
if MODE == "redis":
    claims = RedisClaims(redis.Redis.from_url(os.environ["REDIS_URL"]), scope=SCOPE, lease=1)
else:
    claims = PostgresClaims(os.environ["DATABASE_URL"], scope=SCOPE, lease=1)


def take(line: str) -> str:
    signature, _, body = line.rstrip("\n").partition("\t")
    try:
        delivery = verifier.verify(body.encode(), {"stripe-signature": signature})
    except VerificationError:
        return "401 refused"
    claim = within(delivery) if MODE == "transaction" else leased(delivery)
    if isinstance(claim, Run):
        return "200 run"
    return f"{claim.status} {type(claim).__name__.lower()}"


def within(delivery: Delivery) -> Any:
    with connection.transaction():
        claim = claims.claim_within(connection, delivery)
        if isinstance(claim, Run):
            book(delivery)
    return claim


def leased(delivery: Delivery) -> Any:
    claim = claims.claim(delivery)
    if isinstance(claim, Lease):
        book(delivery)
        claim.complete()
    return claim


def book(delivery: Delivery) -> None:
    sql = "INSERT INTO payments (event_id, amount) VALUES (%s, 1)"
    connection.execute(sql, (delivery.event_id,))


for line in sys.stdin:
    sys.stdout.write(f"{take(line)}\n")  # in one piece
    sys.stdout.flush()
