"""Keeps what is refused: flask --app keep_refused run"""

import json

from flask import Flask

from hookseal import Delivery
from hookseal.receive import Capture, Receiver, RefusalCode
from hookseal.receive.flask import webhook


def keep(code: RefusalCode, capture: Capture) -> None:
    with open("refused.json", "w") as file:
        json.dump(capture, file)


app = Flask(__name__)
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET", on_refused=keep))


@app.post("/stripe")
@stripe
def paid(delivery: Delivery) -> None:
    print(delivery.event_id)
