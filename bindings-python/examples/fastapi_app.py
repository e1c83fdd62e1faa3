"""FastAPI: uvicorn fastapi_app:app"""

from typing import Annotated

from fastapi import Depends, FastAPI

from hookseal import Delivery
from hookseal.receive import Receiver
from hookseal.receive.starlette import install, webhook

app = FastAPI()
install(app)  # sends the answers to what is refused
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@app.post("/stripe")
async def paid(delivery: Annotated[Delivery, Depends(stripe)]) -> dict[str, str | None]:
    event = delivery.json()
    return {"took": delivery.event_id, "type": event["type"]}
