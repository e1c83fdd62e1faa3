"""aiohttp: python -m aiohttp.web aiohttp_app:make_app"""

from aiohttp import web

from hookseal import Delivery
from hookseal.receive import Receiver
from hookseal.receive.aiohttp import webhook

stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@stripe
async def paid(request: web.Request, delivery: Delivery) -> web.Response:
    event = delivery.json()
    return web.Response(text=f"took {delivery.event_id}, {event['type']}")


def make_app(argv: list[str]) -> web.Application:
    app = web.Application()
    app.router.add_post("/stripe", paid)
    return app
