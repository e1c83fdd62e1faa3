// Hono, here on Node: node hono.mjs

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Receiver, verifyRequest } from "hookseal/web";

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });
const app = new Hono();

app.post("/stripe", async (c) => {
  const delivery = await verifyRequest(c.req.raw, stripe);
  if (delivery instanceof Response) return delivery;
  console.log(delivery.json());
  return c.text(`took ${delivery.eventId}, ${delivery.eventType}`);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
