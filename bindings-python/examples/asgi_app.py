"""Any ASGI application: uvicorn asgi_app:app"""

from hookseal.receive import Receiver
from hookseal.receive.asgi import DeliveryMiddleware, Receive, Scope, Send, delivery_of


async def paid(scope: Scope, receive: Receive, send: Send) -> None:
    delivery = delivery_of(scope)
    text = f"took {delivery.event_id}, {delivery.json()['type']}"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": text.encode()})


stripe = Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET")
app = DeliveryMiddleware(paid, {"/stripe": stripe})
