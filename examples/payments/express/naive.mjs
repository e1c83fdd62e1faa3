// What is usually written instead of claims. It is here to be caught: see proofs/claims.

import { crashAt } from "./crash.mjs";
import { book } from "./ledger.mjs";

const KEPT = 7 * 24 * 3600;

// Loses what was marked and not yet booked when the process dies.
async function markFirst({ redis, pool }, delivery) {
  const isFirst = await redis.set(key(delivery), "1", { NX: true, EX: KEPT });
  if (isFirst === null) return;
  crashAt("claimed");
  await book(pool, delivery);
  crashAt("paid");
}

// Books again what was booked and not yet marked; and what arrives twice at once.
async function markAfter({ redis, pool }, delivery) {
  if (await redis.exists(key(delivery))) return;
  crashAt("claimed");
  await book(pool, delivery);
  crashAt("paid");
  await redis.set(key(delivery), "1", { EX: KEPT });
}

// Books each delivery: what the others are measured against.
async function noGuard({ pool }, delivery) {
  await book(pool, delivery);
}

const key = (delivery) => `seen:${delivery.eventId}`;

export const guards = { "mark-first": markFirst, "mark-after": markAfter, none: noGuard };
