"""FastAPI and PostgreSQL, handled in one transaction: uvicorn claims_within_app:app"""

import os
from typing import Annotated

import psycopg
from fastapi import Depends, FastAPI, Response

from hookseal import Delivery
from hookseal.claims import Run, claim_within
from hookseal.receive import Receiver
from hookseal.receive.starlette import install, webhook

app = FastAPI()
install(app)
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@app.post("/stripe")
def paid(delivery: Annotated[Delivery, Depends(stripe)]) -> Response:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        claim = claim_within(connection, delivery)
        if isinstance(claim, Run):
            connection.execute("INSERT INTO ledger (event) VALUES (%s)", [delivery.event_id])
    return Response(status_code=claim.status)
