// Compiled, not run: the types of claims, where the clients' own types are.

import Database from "better-sqlite3";
import { drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle } from "drizzle-orm/node-postgres";
import express from "express";
import { type Delivery, type ReceiverCode } from "hookseal";
import {
  type Claim,
  type ClaimWithin,
  type Entry,
  type Handled,
  InboxWorker,
  type Listed,
  MemoryClaims,
  PostgresClaims,
  PostgresInbox,
  type Put,
  RedisClaims,
  SqliteClaims,
  SqliteInbox,
  StoreFullError,
  StoreUnavailableError,
  runOf,
} from "hookseal/claims";
import { webhook } from "hookseal/express";
import { Receiver } from "hookseal/receive";
import { Redis } from "ioredis";
import knexOf from "knex";
import pg from "pg";
import { createClient } from "redis";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined {
  return undefined;
}

declare const delivery: Delivery;
const pool = new pg.Pool();
const database = new Database(":memory:");
const claims = await new PostgresClaims(pool, { scope: "shop", lease: 30, keep: 86_400 }).setup();
is<Same<typeof claims, PostgresClaims>>();
const sqlite = new SqliteClaims(database, { scope: new Uint8Array(1) });
new RedisClaims(new Redis(), { prefix: "own:" });
new RedisClaims(createClient());
new PostgresClaims(new pg.Client());
new MemoryClaims({ cap: 10, now: () => new Date() });

const claim = await claims.claim(delivery);
is<Same<typeof claim, Claim>>();
is<Same<Claim["outcome"], "run" | "done" | "busy" | "conflict">>();
switch (claim.outcome) {
  case "run":
    is<Same<typeof claim.fence, number>>();
    is<Same<ReturnType<typeof claim.complete>, Promise<boolean>>>();
    break;
  case "busy":
    is<Same<typeof claim.retryAfter, number>>();
    break;
  case "conflict":
    is<Same<typeof claim.isDone, boolean>>();
    break;
  default:
    is<Same<typeof claim, { readonly outcome: "done" }>>() ?? claim;
}

const handled = await claims.handle(delivery, async (it) => it.eventId);
is<Same<typeof handled, Handled<string | undefined>>>();
if (handled.outcome === "run") is<Same<typeof handled.value, string | undefined>>();
if (handled.outcome === "done") is<Same<typeof handled.code, "already_handled">>();
if (handled.outcome === "busy") is<Same<typeof handled.retryAfter, number>>();
await claims.handle(delivery, () => new Response(), { isFailed: ({ status }) => status >= 500 });

const client = await pool.connect();
const within = await claims.claimWithin(client, delivery);
is<Same<typeof within, ClaimWithin>>();
await drizzle({ client: pool }).transaction((tx) => claims.claimWithin(tx, delivery));
drizzleSqlite({ client: database }).transaction((tx) => sqlite.claimWithin(tx, delivery));
const inKnex = await knexOf({}).transaction((trx) => claims.claimWithin(trx, delivery));
is<Same<typeof inKnex, ClaimWithin>>();
const atOnce = sqlite.claimWithin(database, delivery);
is<Same<typeof atOnce, ClaimWithin>>();

const inbox = await new PostgresInbox(pool, { dangerUnsignedBody: true }).setup();
is<Same<Awaited<ReturnType<typeof inbox.put>>, Put>>();
is<Same<Awaited<ReturnType<typeof inbox.take>>, Entry | undefined>>();
is<Same<Awaited<ReturnType<typeof inbox.failed>>, Listed[]>>();
new SqliteInbox(database);
new InboxWorker(inbox, async (entry) => entry.json(), {
  tries: 3,
  backOff: (tries) => tries,
  signal: new AbortController().signal,
});

const stripe = new Receiver("stripe", {
  secret: "secret",
  claims,
  onOutcome(code, { eventId, error }) {
    is<Same<typeof code, ReceiverCode>>();
    is<Same<typeof eventId, string | undefined>>();
    is<Same<typeof error, unknown>>();
  },
});
express().post(
  "/",
  webhook(stripe, (_, __, response) => response.send("")),
);
express().post("/", webhook(new Receiver("stripe", { secret: "secret", inbox })));
is<Same<NonNullable<ReturnType<typeof runOf>>["outcome"], "run">>();
const error: unknown = undefined;
if (error instanceof StoreUnavailableError) is<Same<typeof error.status, 503>>();
if (error instanceof StoreFullError) is<Same<typeof error.code, "store_full">>();

// @ts-expect-error only a delivery is claimed
claims.claim({});
// @ts-expect-error there is no such option
new MemoryClaims({ leese: 1 });
// @ts-expect-error that is no client
new PostgresClaims("postgres://");
// @ts-expect-error Redis has no transaction of the handler
new RedisClaims(new Redis()).claimWithin;
// @ts-expect-error nor has memory
new MemoryClaims().claimWithin;
// @ts-expect-error a fence comes with a run alone
claim.fence;
// @ts-expect-error a pool is no inbox
new InboxWorker(pool, () => undefined);
// @ts-expect-error an inbox is no store of claims
new Receiver("stripe", { secret: "secret", claims: inbox });
