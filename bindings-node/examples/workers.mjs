// Cloudflare Workers, where the secret comes with each request

import { verifyRequest } from "hookseal-wasm";

export default {
  /** @param {Request} request @param {{ STRIPE_WEBHOOK_SECRET: string }} env */
  async fetch(request, env) {
    const secret = env.STRIPE_WEBHOOK_SECRET;
    const delivery = await verifyRequest(request, { provider: "stripe", secret });
    if (delivery instanceof Response) return delivery;
    console.log(delivery.json());
    return new Response(`took ${delivery.eventId}, ${delivery.eventType}`);
  },
};
