// Deliveries of these tests: signed, and verified.

import { Verifier } from "hookseal";
import { secretFor, signDelivery } from "hookseal/testing";

const verifiers = new Map();

function verifierOf(provider) {
  if (!verifiers.has(provider))
    verifiers.set(provider, new Verifier(provider, secretFor(provider)));
  return verifiers.get(provider);
}

// One of Stripe, whose id is in the body, and whose retries repeat the body.
export function delivery(id, { amount = 1, now } = {}) {
  return of("stripe", { id, type: "invoice.paid", amount }, now);
}

export function of(provider, body, now, more) {
  const { headers, body: bytes } = signDelivery(provider, { body, now, ...more });
  return verifierOf(provider).verify({ body: bytes, headers, now });
}

export const SECRET = secretFor("stripe");

// A request to a receiver of Stripe.
export function request(id, { path = "/stripe", amount = 1 } = {}) {
  const signed = signDelivery("stripe", { body: { id, type: "invoice.paid", amount } });
  return { path, body: signed.body, headers: Object.entries(signed.headers), method: "POST" };
}
