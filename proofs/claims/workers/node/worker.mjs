// A worker in JavaScript for prove/together.py: takes `signature TAB body` lines, and tells of each
// delivery the status, and what the claim came to.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// Packages are those of the worked example.
const require = createRequire(process.env.PACKAGES);
const pg = require("pg");
const { createClient } = require("redis");
const { VerificationError, Verifier } = require("hookseal");
const { PostgresClaims, RedisClaims } = require("hookseal/claims");

const { SECRET, SCOPE: scope, MODE, DATABASE_URL, REDIS_URL } = process.env;
const verifier = new Verifier("stripe", SECRET);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 2 });
const claims = await claimsOf(MODE);

async function claimsOf(mode) {
  if (mode === "transaction") return new PostgresClaims(pool, { scope });
  if (mode === "postgresql") return new PostgresClaims(pool, { scope, lease: 1 });
  const redis = createClient({ url: REDIS_URL });
  redis.on("error", (error) => console.error(error.message));
  await redis.connect();
  return new RedisClaims(redis, { scope, lease: 1 });
}

async function take(line) {
  const [signature, body] = line.split("\t");
  const headers = { "stripe-signature": signature };
  let delivery;
  try {
    delivery = verifier.verify({ body: Buffer.from(body), headers });
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    return "401 refused";
  }
  return told(await (MODE === "transaction" ? within(delivery) : leased(delivery)));
}

async function within(delivery) {
  const client = await pool.connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const claim = await claims.claimWithin(client, delivery);
    if (claim.outcome === "run") await book(client, delivery);
    await client.query("COMMIT");
    isBroken = false;
    return claim;
  } finally {
    client.release(isBroken);
  }
}

async function leased(delivery) {
  const claim = await claims.claim(delivery);
  if (claim.outcome === "run") {
    await book(pool, delivery);
    await claim.complete();
  }
  return claim;
}

function book(client, delivery) {
  return client.query("INSERT INTO payments (event_id, amount) VALUES ($1, 1)", [delivery.eventId]);
}

function told({ outcome, isDone }) {
  const isTaken = outcome === "run" || outcome === "done" || isDone === true;
  return `${isTaken ? 200 : 503} ${outcome}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await take(line).catch((error) => {
    console.error(error.message);
    return "503 unavailable";
  });
  process.stdout.write(`${said}\n`);
}
