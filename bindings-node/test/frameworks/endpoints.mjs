// The endpoints that every application of these tests has, and what they do with a delivery.

import { createHash } from "node:crypto";

import { Receiver } from "hookseal/receive";

import * as made from "./deliveries.mjs";

export const LIMIT = 4096;

// What the receivers reported, in order: code and capture.
export const refused = [];

const onRefused = (...report) => refused.push(report);

const stripe = (options) =>
  new Receiver("stripe", {
    secret: made.STRIPE_SECRET,
    bodyLimit: LIMIT,
    onRefused,
    ...options,
  });

const of = (provider, secret, options) => new Receiver(provider, { secret, onRefused, ...options });

export const receivers = {
  "/stripe": stripe(),
  "/acknowledged": stripe(),
  "/failing": stripe(),
  "/local": stripe({ allowFrom: ["127.0.0.0/8", "::1"] }),
  "/listed": stripe({ allowFrom: ["203.0.113.0/24", "2001:db8::/32"], trustedProxies: 1 }),
  "/unlisted": stripe({ allowFrom: "203.0.113.0/24" }),
  "/standard": of("standard-webhooks", made.STANDARD_SECRET),
  "/svix": of("svix", made.STANDARD_SECRET),
  "/github": of("github", made.GITHUB_SECRET),
  "/slack": of("slack", made.SLACK_SECRET),
  "/twilio": of("twilio", made.TWILIO_SECRET, { url: made.ORIGIN }),
  "/meta": of("meta", made.META_SECRET, { expected: made.META_TOKEN }),
};

// A handler for each path. `answer` hands a text to the framework, out of what it is given.
export function handlers(answer) {
  const take = (delivery, ...rest) => answer(took(delivery), ...rest);
  const special = {
    "/acknowledged": (delivery) => void took(delivery),
    "/failing": () => Promise.reject(new Error("the handler failed")),
  };
  return Object.entries(receivers).map(([path, receiver]) => [
    path,
    receiver,
    special[path] ?? withArity(take, answer.length),
  ]);
}

// As many parameters as a handler has that is written for the framework.
function withArity(handler, length) {
  return Object.defineProperty(handler, "length", { value: length });
}

export function took(delivery) {
  return `${delivery.scheme} ${delivery.eventId} ${digest(delivery.dangerUnsignedBody)}`;
}

export function digest(body) {
  return createHash("sha256").update(body).digest("hex").slice(0, 16);
}
