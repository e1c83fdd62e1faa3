// Fastify: node fastify.mjs

import fastify from "fastify";
import { Receiver, webhook } from "hookseal/fastify";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });
const app = fastify();

app.register(
  webhook(stripe, async (delivery) => {
    console.log(delivery.json());
    return `took ${delivery.eventId}, ${delivery.eventType}`;
  }),
  { prefix: "/stripe" },
);

await app.listen({ port: Number(process.env.PORT ?? 3000) });
