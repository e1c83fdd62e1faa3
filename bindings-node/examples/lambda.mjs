// AWS Lambda: the handler is lambda.handler

import { Receiver, webhook } from "hookseal/lambda";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

export const handler = webhook(stripe, async (delivery) => {
  console.log(delivery.json());
  return { statusCode: 200, body: `took ${delivery.eventId}, ${delivery.eventType}` };
});
