// What a claim comes to, in every store, over every client.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { delivery, of } from "./deliveries.mjs";
import { ALL } from "./stores.mjs";

const DAY = 24 * 60 * 60;
let count = 0;
const next = () => `evt_${(count += 1)}`;

for (const [name, make] of Object.entries(ALL)) {
  describe(name, () => {
    let store;
    let claims;

    before(async () => {
      store = await make();
      claims = await store.make();
    });
    after(() => store?.stop());

    test("run, busy, done", async () => {
      const event = delivery(next());
      const run = await claims.claim(event);
      assert.equal(run.outcome, "run");
      assert.ok(Number.isSafeInteger(run.fence));
      assert.deepEqual(await claims.claim(event), { outcome: "busy", retryAfter: 60 });
      assert.equal(await run.complete(), true);
      assert.deepEqual(await claims.claim(event), { outcome: "done" });
      assert.equal(await run.complete(), false, "done is done");
      assert.equal(await run.release(), false);
      assert.equal(await run.extend(), false);
    });

    test("a delivery that is signed anew is the same", async () => {
      const id = next();
      const now = Math.floor(Date.now() / 1000);
      const run = await claims.claim(delivery(id, { now: now - 100 }));
      await run.complete();
      assert.equal((await claims.claim(delivery(id, { now }))).outcome, "done");
    });

    test("released, it is run again, under a higher fence", async () => {
      const event = delivery(next());
      const first = await claims.claim(event);
      assert.equal(await first.release(), true);
      const second = await claims.claim(event);
      assert.equal(second.outcome, "run");
      assert.ok(second.fence > first.fence);
      assert.deepEqual(
        [await first.complete(), await first.extend(), await first.release()],
        [false, false, false],
      );
      assert.equal(await second.complete(), true);
    });

    test("a lease that is over is taken over, and one that is extended is not", async () => {
      const [dead, alive] = [delivery(next()), delivery(next())];
      const [first, other] = [await claims.claim(dead), await claims.claim(alive)];
      await store.shift(59);
      assert.deepEqual(await claims.claim(dead), { outcome: "busy", retryAfter: 1 });
      assert.equal(await other.extend(), true);
      await store.shift(2);
      const second = await claims.claim(dead);
      assert.ok(second.fence > first.fence);
      assert.equal(await first.complete(), false);
      assert.deepEqual(await claims.claim(alive), { outcome: "busy", retryAfter: 58 });
      assert.equal(await other.complete(), true);
      assert.equal(await second.complete(), true);
    });

    test("one that was not taken over can still be completed", async () => {
      const run = await claims.claim(delivery(next()));
      await store.shift(61);
      assert.equal(await run.complete(), true);
    });

    test("another body under the same id is a conflict", async () => {
      const id = next();
      const run = await claims.claim(delivery(id));
      const other = delivery(id, { amount: 1000 });
      assert.deepEqual(await claims.claim(other), { outcome: "conflict", isDone: false });
      await run.complete();
      assert.deepEqual(await claims.claim(other), { outcome: "conflict", isDone: true });
      assert.deepEqual(await claims.claim(delivery(id)), { outcome: "done" });
    });

    test("so it is after the lease, and after a release", async () => {
      const id = next();
      const run = await claims.claim(delivery(id));
      await run.release();
      const other = delivery(id, { amount: 1000 });
      assert.deepEqual(await claims.claim(other), { outcome: "conflict", isDone: false });
      assert.equal((await claims.claim(delivery(id))).outcome, "run");
    });

    test("every byte of a digest counts", async () => {
      // Of 200 digests of 32 bytes, some have a zero byte: text functions end there.
      for (let at = 0; at < 200; at += 1) {
        const event = delivery(next());
        const run = await claims.claim(event);
        assert.equal((await claims.claim(event)).outcome, "busy");
        await run.extend();
        assert.equal((await claims.claim(event)).outcome, "busy");
      }
    });

    test("where retries may differ, bodies are not compared", async () => {
      const id = next();
      const first = of("airwallex", { id, a: 1 });
      const other = of("airwallex", { id, a: 2 });
      assert.deepEqual(first.replayKey(), other.replayKey());
      const run = await claims.claim(first);
      assert.equal((await claims.claim(other)).outcome, "busy");
      await run.release();
    });

    test("scopes are apart", async () => {
      const event = delivery(next());
      const other = await store.make({ scope: "tenant 2" });
      assert.equal((await claims.claim(event)).outcome, "run");
      assert.equal((await other.claim(event)).outcome, "run");
      assert.equal((await other.claim(event)).outcome, "busy");
      if (name === "memory") return; // each has its own
      const bytes = await store.make({ scope: Buffer.from("tenant 2") });
      assert.equal((await bytes.claim(event)).outcome, "busy");
    });

    test("of 50 at the same time, one is run", async () => {
      const event = delivery(next());
      const found = await Promise.all(Array.from({ length: 50 }, () => claims.claim(event)));
      const runs = found.filter(({ outcome }) => outcome === "run");
      assert.equal(runs.length, 1);
      assert.equal(found.filter(({ outcome }) => outcome === "busy").length, 49);
    });

    test("a handler that fails three times is run until it succeeds", async () => {
      const event = delivery(next());
      let calls = 0;
      const handler = () => {
        calls += 1;
        if (calls <= 3) throw new Error(`try ${calls}`);
        return "done";
      };
      for (let failures = 0; failures < 3; failures += 1) {
        await assert.rejects(claims.handle(event, handler), { message: `try ${failures + 1}` });
      }
      assert.deepEqual(await claims.handle(event, handler), { outcome: "run", value: "done" });
      const again = await claims.handle(event, handler);
      assert.deepEqual(
        [again.outcome, again.code, again.status, calls],
        ["done", "already_handled", 200, 4],
      );
    });

    test("30 days: what is kept is never handled twice, then it is forgotten", async () => {
      const claims = await store.make({ scope: "days", keep: 4 * DAY });
      const handled = new Map();
      let day = 0;
      for (; day <= 30; day += 1) {
        handled.set(`days_${day}`, day);
        for (const [id, since] of handled) {
          const { outcome } = await claims.handle(delivery(id), () => undefined);
          const isNew = since === day && outcome === "run";
          const isKept = day - since < 4 && outcome === "done";
          const isForgotten = day - since >= 4 && outcome === "run";
          assert.ok(isNew || isKept || isForgotten, `${id} on day ${day}: ${outcome}`);
          if (isForgotten) handled.delete(id);
        }
        await store.shift(DAY);
      }
      assert.ok(handled.size <= 5);
    });

    test("forgetting deletes only what is over", async () => {
      const claims = await store.make({ scope: "forget", lease: 1, keep: 100 });
      const event = delivery(next());
      await (await claims.claim(event)).complete();
      await claims.forget();
      assert.equal((await claims.claim(event)).outcome, "done");
      await store.shift(101);
      await claims.forget();
      assert.equal((await claims.claim(event)).outcome, "run");
    });
  });
}
