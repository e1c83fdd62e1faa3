"""Payments, each booked once: the claim and the booking are one transaction of PostgreSQL."""

import os
from typing import Annotated

from fastapi import Depends, FastAPI, Response
from psycopg_pool import ConnectionPool

import crash
import ledger
import naive
from hookseal import Delivery
from hookseal.claims import PostgresClaims, Run
from hookseal.receive import Receiver
from hookseal.receive.starlette import install, webhook

pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=2, max_size=8, open=True)
claims = PostgresClaims(pool)
claims.setup()
ledger.setup(pool)
guard = naive.GUARDS.get(os.environ.get("PAYMENTS_GUARD", "claims"))

app = FastAPI()
install(app)
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@app.post("/payments")
def paid(delivery: Annotated[Delivery, Depends(stripe)]) -> Response:
    if guard is not None:
        guard(pool, delivery)
        return Response()
    with pool.connection() as connection:  # one transaction: both are written, or neither
        claim = claims.claim_within(connection, delivery)
        if isinstance(claim, Run):
            crash.at("claimed")
            ledger.book(connection, delivery)
            crash.at("paid")
    crash.at("committed")
    return Response(status_code=200 if isinstance(claim, Run) else claim.status)
