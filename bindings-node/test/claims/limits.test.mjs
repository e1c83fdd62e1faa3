// At the cap nothing that is known is dropped: in memory, and in Redis that may use no more of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MemoryClaims } from "hookseal/claims";

import { delivery } from "./deliveries.mjs";
import * as stores from "./stores.mjs";

test("memory: at the cap new ones are refused, and known ones live", async () => {
  let now = 1_700_000_000;
  const claims = new MemoryClaims({ cap: 100, lease: 1, keep: 1000, now: () => now });
  const events = Array.from({ length: 100 }, (_, at) => delivery(`evt_${at}`));
  const runs = [];
  for (const event of events) runs.push(await claims.claim(event));
  const full = { name: "StoreFullError", code: "store_full", status: 503 };
  await assert.rejects(claims.claim(delivery("evt_new")), full);
  for (const run of runs.slice(0, 50)) assert.equal(await run.complete(), true);
  for (const event of events.slice(0, 50))
    assert.equal((await claims.claim(event)).outcome, "done");
  now += 2;
  assert.equal((await claims.claim(events[60])).outcome, "run", "a lease is taken over at the cap");
  await assert.rejects(claims.claim(delivery("evt_new")), full);
  now += 1001;
  assert.equal((await claims.claim(delivery("evt_new"))).outcome, "run");
});

test("memory: a flood at the cap costs the same each time", async () => {
  const claims = new MemoryClaims({ cap: 5000 });
  for (let at = 0; at < 5000; at += 1) await claims.claim(delivery(`evt_${at}`));
  const event = delivery("evt_new");
  const started = performance.now();
  for (let at = 0; at < 500; at += 1) await claims.claim(event).catch(() => undefined);
  assert.ok(performance.now() - started < 5000);
});

test("Redis without eviction: 503, and what it knows it keeps", async () => {
  const store = await stores.ioredis("--maxmemory", "2mb", "--maxmemory-policy", "noeviction");
  const claims = await store.make();
  const done = delivery("evt_done");
  await (await claims.claim(done)).complete();
  let error;
  for (let at = 0; at < 50_000 && error === undefined; at += 500) {
    const batch = Array.from({ length: 500 }, (_, of) => claims.claim(delivery(`evt_${at + of}`)));
    error = (await Promise.allSettled(batch)).find((it) => it.status === "rejected")?.reason;
  }
  assert.deepEqual([error?.name, error?.status], ["StoreFullError", 503]);
  assert.match(error.cause.message, /OOM/);
  await store.client.config("SET", "maxmemory", "100mb");
  assert.equal((await claims.claim(done)).outcome, "done");
  assert.equal((await claims.claim(delivery("evt_0"))).outcome, "busy");
  assert.equal((await claims.claim(delivery("evt_new"))).outcome, "run");
  await store.stop();
});

for (const name of ["ioredis", "redis"]) {
  test(`${name}: a server that has forgotten the scripts`, async () => {
    const store = await stores.ALL[name]();
    const claims = await store.make({ prefix: "own:" });
    const run = await claims.claim(delivery("evt_1"));
    await (store.client.script?.("FLUSH") ?? store.client.scriptFlush());
    assert.equal((await claims.claim(delivery("evt_1"))).outcome, "busy");
    await (store.client.script?.("FLUSH") ?? store.client.scriptFlush());
    assert.equal(await run.complete(), true);
    await store.stop();
  });

  test(`${name}: a server that is gone`, async () => {
    const store = await stores.ALL[name]();
    const claims = await store.make();
    const run = await claims.claim(delivery("evt_1"));
    await store.server.stop("SIGKILL");
    const gone = { name: "StoreUnavailableError", code: "store_unavailable", status: 503 };
    await assert.rejects(claims.claim(delivery("evt_2")), gone);
    await assert.rejects(run.complete(), gone);
    await store.stop();
  });
}

test("PostgreSQL: a server that is gone, and comes back", async () => {
  const store = await stores.postgres();
  const claims = await store.make();
  const run = await claims.claim(delivery("evt_1"));
  await store.server.stop("SIGINT");
  const gone = { name: "StoreUnavailableError", code: "store_unavailable", status: 503 };
  await assert.rejects(claims.claim(delivery("evt_2")), gone);
  await assert.rejects(run.complete(), gone);
  await store.server.start();
  for (let tries = 0; tries < 100; tries += 1) {
    if (await run.complete().catch(() => false)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal((await claims.claim(delivery("evt_1"))).outcome, "done");
  await store.stop();
});

// PostgreSQL tells those who come too late so in several ways; a pool of 20 meets them all.
test("PostgreSQL: receivers that set up at the same time", async (t) => {
  const store = await stores.postgres();
  t.after(() => store.stop());
  for (let round = 0; round < 20; round += 1) {
    await store.pool.query("DROP TABLE IF EXISTS hookseal_claims");
    const made = await Promise.all(Array.from({ length: 16 }, () => store.make()));
    assert.equal((await made[0].claim(delivery(`evt_${round}`))).outcome, "run");
  }
});
