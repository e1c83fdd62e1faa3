// Many workers, each a process of its own, on one store: what they were told is what one after the
// other could have been told.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { MemoryClaims, PostgresClaims, SqliteClaims } from "hookseal/claims";

import { delivery } from "./deliveries.mjs";
import { violations } from "./model.mjs";
import * as servers from "./servers.mjs";
import { sqliteDatabase, sqliteFile } from "./stores.mjs";

const WORKERS = 8;
const LEASE = 1;
const WORKER = join(import.meta.dirname, "worker.mjs");

const places = {};
let postgres;
let redis;
let file;
let workers = [];

before(async () => {
  workers = Array.from({ length: WORKERS }, () => forked());
  [postgres, redis] = await Promise.all([servers.postgres(), servers.redis()]);
  file = sqliteFile();
  Object.assign(places, { postgres: postgres.settings, redis: redis.path, sqlite: file.path });
  await withPostgres((client) => new PostgresClaims(client).setup());
  const database = await sqliteDatabase(file.path);
  await new SqliteClaims(database).setup();
  database.close();
});
after(() => {
  for (const child of workers) child.kill("SIGKILL");
  return Promise.all([postgres?.stop(), redis?.stop(), file?.stop()]);
});

async function withPostgres(use) {
  const { default: pg } = await import("pg");
  const client = new pg.Client(postgres.settings);
  await client.connect();
  await use(client);
  await client.end();
}

// What a worker sends next.
async function told(child) {
  const [message] = await once(child, "message");
  assert.notEqual(message, ENDED);
  return message;
}

// In place of a message, once it has ended.
const ENDED = "a worker has ended";

function forked() {
  const child = fork(WORKER, { execArgv: ["--no-warnings"] });
  return child.on("exit", () => child.emit("message", ENDED));
}

function start(child, store, options) {
  child.send({ store, at: places[store], lease: LEASE, ...options });
  return told(child);
}

// Each run of all workers has its own seeds.
let round = 0;

async function histories(store, options) {
  round += 1;
  return Promise.all(
    workers.map((child, at) => start(child, store, { ...options, seed: (round << 16) + at })),
  );
}

async function cleared(store) {
  if (store === "postgres")
    await withPostgres((client) => client.query("TRUNCATE hookseal_claims"));
  if (store === "sqlite") {
    const database = await sqliteDatabase(file.path);
    database.exec("DELETE FROM hookseal_claims");
    database.close();
  }
  if (store === "redis") {
    const { default: Redis } = await import("ioredis");
    const client = new Redis(redis.path);
    await client.flushall();
    client.disconnect();
  }
}

for (const store of ["postgres", "redis", "sqlite"]) {
  describe(store, () => {
    test("of 8 workers that claim the same keys, one is run", async () => {
      await cleared(store);
      const found = (await histories(store, { mode: "racing", ops: 60 })).flat();
      for (let key = 0; key < 60; key += 1) {
        const of = found.filter((it) => it.key === key);
        const outcomes = of.filter(({ op }) => op === "claim").map((it) => it.found.outcome);
        assert.equal(outcomes.length, WORKERS);
        assert.equal(outcomes.filter((it) => it === "run").length, 1, `${outcomes}`);
        assert.ok(of.filter(({ op }) => op === "complete").every((it) => it.found === true));
      }
    });

    test("random operations are linearizable", async () => {
      await cleared(store);
      const found = await histories(store, { mode: "mixed", ops: 250, keys: 60 });
      assert.equal(found.flat().length, 2000);
      assert.deepEqual(violations(found, LEASE * 1000), []);
      const outcomes = new Set(
        found.flat().map((it) => it.found.outcome ?? `${it.op} ${it.found}`),
      );
      const all = ["run", "busy", "done", "conflict", "complete true", "complete false"];
      for (const outcome of all) assert.ok(outcomes.has(outcome), outcome);
    });

    test("a worker that stands still past its lease is told so", async () => {
      await cleared(store);
      const [child, other] = workers;
      assert.equal(await start(child, store, { mode: "stalled", seed: 1 }), "claimed");
      await wait(LEASE * 1000 + 50);
      const [{ found }] = await start(other, store, { mode: "takeover", seed: 2 });
      assert.equal(found.outcome, "run");
      const ending = told(child);
      child.kill("SIGCONT");
      const [late] = await ending;
      assert.equal(late.found, false);
      assert.ok(late.fence < found.fence);
    });
  });
}

test("memory: random operations are linearizable", async () => {
  const claims = new MemoryClaims({ lease: LEASE });
  const history = [];
  const worker = async (seed) => {
    for (let at = 0; at < 300; at += 1) {
      const key = (at * 7 + seed * 3) % 40;
      const body = (at + seed) % 5 === 0 ? 2 : 1;
      const from = performance.now();
      const found = await claims.claim(delivery(`evt_${key}`, { amount: body }));
      history.push({ key, op: "claim", body, from, to: performance.now(), found });
      if (found.outcome !== "run") continue;
      await new Promise(setImmediate);
      const op = ["release", "complete", "extend"][(at + seed) % 3];
      const start = performance.now();
      const isOurs = await found[op]();
      const { fence } = found;
      history.push({ key, op, fence, from: start, to: performance.now(), found: isOurs });
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, seed) => worker(seed)));
  assert.ok(history.length > 2400);
  assert.deepEqual(violations([history], LEASE * 1000), []);
});

// Wrong texts, each with what it makes wrong.
const AND = "AND held.lease_until <= clock_timestamp()";
const MUTANTS = {
  "a claim that takes what another has": ["postgres", [["claim", AND, ""]]],
  "a claim of another body": [
    "postgres",
    [["claim", "AND COALESCE(held.digest = EXCLUDED.digest, TRUE)", ""]],
  ],
  "a body that is not compared": [
    "postgres",
    [
      [
        "look",
        "COALESCE(digest = CAST(:digest AS bytea), TRUE)",
        "(CAST(:digest AS bytea) IS NULL OR TRUE)",
      ],
    ],
  ],
  "complete without a fence": [
    "postgres",
    [["complete", "AND fence = :fence", "AND CAST(:fence AS bigint) > 0"]],
  ],
  "release without a fence": [
    "postgres",
    [["release", "AND fence = :fence", "AND CAST(:fence AS bigint) > 0"]],
  ],
  "what is done is claimed": ["postgres", [["claim", "NOT held.is_done", "TRUE"]]],
  "a fence that stays": ["redis", [["claim", "fence = math.max(old + 1, now)", "fence = old"]]],
  "a lease that nobody looks at": [
    "redis",
    [["claim", "if lease_until > now", "if lease_until > now + 1e9"]],
  ],
  "settled without a fence": ["redis", [["settle", "fence ~= ARGV[1] or", ""]]],
  "a release that is none": ["redis", [["settle", "or now\n", "or now + 60000\n"]]],
  "a digest up to its first zero byte": [
    "redis",
    [
      [
        "claim",
        "string.format('%.0f:%.0f:', fence, now + lease) .. digest",
        "string.format('%.0f:%.0f:%s', fence, now + lease, digest)",
      ],
    ],
  ],
  "SQLite: a claim that takes what another has": [
    "sqlite",
    [["claim", "AND held.lease_until <=", "AND 0 <="]],
  ],
};

for (const [name, [store, changes]] of Object.entries(MUTANTS)) {
  test(`the model catches a wrong store: ${name}`, async () => {
    const family = store === "postgres" ? "postgresql" : store;
    const mutant = { family, changes };
    let caught = 0;
    // What is wrong has to come about.
    for (let rounds = 0; rounds < 6 && caught === 0; rounds += 1) {
      await cleared(store);
      const found = await histories(store, { mode: "mixed", ops: 80, keys: 20, mutant });
      caught = violations(found, LEASE * 1000).length;
    }
    assert.ok(caught > 0);
  });
}
