// Next.js, pages router: pages/api/stripe.js

import { Receiver, webhook } from "hookseal/next";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

export const config = { api: { bodyParser: false } };

export default webhook(stripe, (delivery, request, response) => {
  console.log(delivery.json());
  response.end(`took ${delivery.eventId}, ${delivery.eventType}`);
});
