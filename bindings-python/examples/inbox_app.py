"""Stored and answered at once: flask --app inbox_app run. And the worker: python inbox_app.py"""

from flask import Flask

from hookseal import Delivery
from hookseal.claims import Entry, SqliteInbox, Worker
from hookseal.receive import Receiver
from hookseal.receive.flask import webhook

app = Flask(__name__)
inbox = SqliteInbox("inbox.db")
inbox.setup()
stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET", inbox=inbox))


@app.post("/stripe")
@stripe
def stored(delivery: Delivery) -> None:
    """Not called: it is in the inbox."""


def handle(entry: Entry) -> None:
    print(entry.event_id, entry.json()["type"], flush=True)


if __name__ == "__main__":
    Worker(inbox, handle).run()
