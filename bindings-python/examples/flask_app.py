"""Flask: flask --app flask_app run"""

from flask import Flask

from hookseal import Delivery
from hookseal.receive import Receiver
from hookseal.receive.flask import webhook

app = Flask(__name__)
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@app.post("/stripe")
@stripe
def paid(delivery: Delivery) -> str:
    event = delivery.json()
    return f"took {delivery.event_id}, {event['type']}"
