"""AWS Lambda: the handler is lambda_handler.handler"""

from hookseal import Delivery
from hookseal.receive import Receiver
from hookseal.receive.aws_lambda import Event, webhook

stripe = webhook(Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"))


@stripe
def handler(event: Event, context: object, delivery: Delivery) -> dict[str, object]:
    paid = delivery.json()
    return {"statusCode": 200, "body": f"took {delivery.event_id}, {paid['type']}"}
