// Next.js, app router: app/stripe/route.js

import { Receiver, webhook } from "hookseal/web";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

export const POST = webhook(stripe, async (delivery) => {
  console.log(delivery.json());
  return new Response(`took ${delivery.eventId}, ${delivery.eventType}`);
});
