"""FastAPI, each delivery handled once: uvicorn claims_app:app"""

from typing import Annotated

from fastapi import Depends, FastAPI

from hookseal import Delivery
from hookseal.claims import SqliteClaims
from hookseal.receive import Receiver
from hookseal.receive.starlette import install, webhook

app = FastAPI()
install(app)
claims = SqliteClaims("claims.db")
claims.setup()
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET", claims=claims))


@app.post("/stripe")
async def paid(delivery: Annotated[Delivery, Depends(stripe)]) -> dict[str, str | None]:
    event = delivery.json()
    return {"took": delivery.event_id, "type": event["type"]}
