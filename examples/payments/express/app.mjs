// Payments, each booked once: claims in Redis, by a lease; the ledger is a foreign effect.

import express from "express";
import { RedisClaims } from "hookseal/claims";
import { Receiver, webhook } from "hookseal/express";
import pg from "pg";
import { createClient } from "redis";

import { crashAt } from "./crash.mjs";
import { book, setUp } from "./ledger.mjs";
import { guards } from "./naive.mjs";

const { DATABASE_URL, REDIS_URL, PAYMENTS_GUARD, PAYMENTS_LEASE = "60", PORT = "3000" } =
  process.env;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 8 });
const redis = createClient({ url: REDIS_URL });
redis.on("error", (error) => console.error(error.message));
await Promise.all([setUp(pool), redis.connect()]);

const guard = guards[PAYMENTS_GUARD];
const claims = new RedisClaims(redis, { lease: Number(PAYMENTS_LEASE) });
const stripe = new Receiver("stripe", {
  secretEnv: "STRIPE_WEBHOOK_SECRET",
  claims: guard === undefined ? claims : undefined,
});

async function handle(delivery) {
  if (guard !== undefined) return guard({ redis, pool }, delivery);
  crashAt("claimed");
  await book(pool, delivery);
  crashAt("paid");
}

const app = express();
app.post("/payments", webhook(stripe, handle));
app.listen(Number(PORT), "127.0.0.1");
