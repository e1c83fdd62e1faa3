// Deliveries that are stored first, and run later by workers.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { InboxWorker, PostgresInbox, SqliteInbox } from "hookseal/claims";
import { Receiver } from "hookseal/receive";

import { send } from "../frameworks/client.mjs";
import { APPLICATIONS } from "./applications.mjs";
import { SECRET, delivery, of, request } from "./deliveries.mjs";
import * as stores from "./stores.mjs";

let count = 0;
const next = () => `evt_inbox_${(count += 1)}`;
const quiet = { onOutcome: () => undefined };

const COUNT = "SELECT count(*) AS n FROM hookseal_inbox WHERE";

const STORES = {
  sqlite: async () => {
    const database = await stores.sqliteDatabase();
    return {
      make: (options) => new SqliteInbox(database, options).setup(),
      change: async (sql) => database.exec(sql),
      count: async (where) => database.prepare(`${COUNT} ${where}`).get().n,
      ago: (seconds) => `- ${seconds * 1000}`,
      stop: async () => database.close(),
    };
  },
  postgres: async () => {
    const store = await stores.postgres();
    return {
      make: (options) => new PostgresInbox(store.pool, options).setup(),
      change: (sql) => store.pool.query(sql),
      count: async (where) => Number((await store.pool.query(`${COUNT} ${where}`)).rows[0].n),
      ago: (seconds) => `- INTERVAL '${seconds} seconds'`,
      stop: store.stop,
      server: store.server,
    };
  },
};

for (const [name, make] of Object.entries(STORES)) {
  describe(name, () => {
    let store;
    let inbox;
    const shift = (seconds) => {
      const by = store.ago(seconds);
      return store.change(
        `UPDATE hookseal_inbox SET due_at = due_at ${by}, keep_until = keep_until ${by}`,
      );
    };
    const cleared = () => store.change("DELETE FROM hookseal_inbox");

    before(async () => {
      store = await make();
      inbox = await store.make();
    });
    after(() => store?.stop());

    test("stored once, taken once, finished", async () => {
      await cleared();
      const id = next();
      const event = delivery(id);
      assert.deepEqual(await inbox.put(event), { outcome: "stored" });
      assert.deepEqual(await inbox.put(event), { outcome: "known", state: "waiting" });
      const other = delivery(id, { amount: 2 });
      assert.deepEqual(await inbox.put(other), { outcome: "conflict", isDone: false });
      const entry = await inbox.take();
      assert.deepEqual(
        [entry.scheme, entry.eventId, entry.eventType, entry.tries],
        ["stripe", id, "invoice.paid", 1],
      );
      assert.deepEqual(entry.body, event.body);
      assert.deepEqual(entry.json(), event.json());
      assert.deepEqual([entry.key, entry.sentAt], [event.replayKey(), event.sentAt]);
      assert.ok(Math.abs(entry.receivedAt - Date.now()) < 60_000);
      assert.equal(await inbox.take(), undefined);
      assert.equal(await entry.finish(), true);
      assert.equal(await entry.finish(), false);
      assert.deepEqual(await inbox.put(event), { outcome: "known", state: "done" });
      assert.deepEqual(await inbox.put(other), { outcome: "conflict", isDone: true });
      await shift(8 * 24 * 60 * 60);
      assert.deepEqual(await inbox.put(event), { outcome: "stored" });
    });

    test("a worker that dies leaves it to the next, and is told so", async () => {
      await cleared();
      await inbox.put(delivery(next()));
      const first = await inbox.take();
      await shift(61);
      const second = await inbox.take();
      assert.ok(second.fence > first.fence && second.tries === 2);
      const late = [await first.finish(), await first.extend(), await first.fail()];
      assert.deepEqual(late, [false, false, false]);
      await shift(59);
      assert.equal(await second.extend(), true);
      await shift(59);
      assert.equal(await inbox.take(), undefined);
      assert.equal(await second.finish(), true);
    });

    test("what keeps failing is kept, listed and run again", async () => {
      await cleared();
      const id = next();
      await inbox.put(delivery(id));
      let isBroken = true;
      const told = [];
      const worker = new InboxWorker(
        inbox,
        () => {
          if (isBroken) throw Object.assign(new RangeError("4242"), { code: "E_BOOKS" });
        },
        { tries: 3, backOff: (tries) => tries * 100, onOutcome: (code) => told.push(code) },
      );
      for (const delay of [100, 200]) {
        assert.equal(await worker.runOnce(), true);
        assert.equal(await worker.runOnce(), false);
        await shift(delay - 1);
        assert.equal(await worker.runOnce(), false, "it waits");
        await shift(2);
      }
      assert.equal(await worker.runOnce(), true);
      await shift(10_000);
      assert.equal(await worker.runOnce(), false);
      const [failed, ...more] = await inbox.failed();
      assert.equal(more.length, 0);
      assert.deepEqual(
        [failed.eventId, failed.tries, failed.trouble],
        [id, 3, "RangeError E_BOOKS"],
      );
      assert.deepEqual(told, Array(3).fill("handler_failed"));
      assert.deepEqual(await inbox.put(delivery(id)), { outcome: "known", state: "failed" });
      isBroken = false;
      assert.equal(await inbox.again(failed.key), true);
      assert.equal(await inbox.again(failed.key.toString("hex")), false);
      assert.equal(await worker.runOnce(), true);
      assert.deepEqual([await inbox.failed(), (await inbox.list("done")).length], [[], 1]);
      await assert.rejects(inbox.again("00"), { name: "TypeError" });
      await assert.rejects(inbox.list("lost"), { name: "TypeError" });
    });

    test("one that ends every worker is not run for ever", async () => {
      await cleared();
      await inbox.put(delivery(next()));
      for (let tries = 0; tries < 2; tries += 1) {
        await inbox.take();
        await shift(61);
      }
      const worker = new InboxWorker(inbox, () => assert.fail("it was run"), {
        tries: 2,
        ...quiet,
      });
      assert.equal(await worker.runOnce(), true);
      assert.equal((await inbox.failed()).length, 1);
    });

    test("four workers run each of 40 once", async () => {
      await cleared();
      const ids = Array.from({ length: 40 }, next);
      for (const id of ids) await inbox.put(delivery(id));
      const ran = [];
      const stop = new AbortController();
      const workers = Array.from({ length: 4 }, () => {
        const handler = async ({ eventId }) => {
          await wait(1);
          ran.push(eventId);
          if (ran.length === ids.length) stop.abort();
        };
        return new InboxWorker(inbox, handler, { every: 0.01, signal: stop.signal });
      });
      await Promise.all(workers.map((it) => it.run()));
      await Promise.all(workers.map((it) => it.stop()));
      assert.deepEqual(ran.sort(), ids.sort());
      assert.equal((await inbox.list("done")).length, 40);
      assert.equal(await store.count("body IS NOT NULL"), 0);
      await shift(8 * 24 * 60 * 60);
      assert.equal(await inbox.forget(), 40);
    });

    test("a body that is not all signed is taken only by name", async () => {
      const event = of("apideck", { id: "1" });
      await assert.rejects(inbox.put(event), { name: "BodyUnsignedError" });
      const named = await store.make({ dangerUnsignedBody: true });
      assert.deepEqual(await named.put(event), { outcome: "stored" });
      await assert.rejects(inbox.put({}), { name: "TypeError", message: /only a Delivery/ });
    });
  });
}

test("receivers answer at once, and the worker runs it", async () => {
  const store = await STORES.sqlite();
  const inbox = await store.make(quiet);
  for (const [name, listen] of Object.entries(APPLICATIONS)) {
    const told = [];
    const onOutcome = (code) => told.push(code);
    const receiver = new Receiver("stripe", { secret: SECRET, inbox, onOutcome });
    const app = await listen(receiver);
    const id = next();
    const sent = (amount) => send(app.port, request(id, { amount }));
    for (const repeated of [false, true]) {
      const { status, text } = await sent(1);
      assert.ok(status >= 200 && status < 300 && text === "", `${name} ${status} ${repeated}`);
    }
    assert.equal((await sent(2)).status, 503);
    const ran = [];
    const worker = new InboxWorker(inbox, ({ eventId }) => ran.push(eventId));
    assert.deepEqual([await worker.runOnce(), await worker.runOnce(), ran], [true, false, [id]]);
    assert.equal((await sent(2)).status < 300, true);
    assert.deepEqual(told, ["already_handled", "conflict", "conflict_after_done"]);
    await app.close();
  }
  await store.stop();
});

test("a worker whose store goes away goes on when it is back", async () => {
  const store = await STORES.postgres();
  const inbox = await store.make();
  const told = [];
  const worker = new InboxWorker(inbox, () => undefined, { onOutcome: (code) => told.push(code) });
  await inbox.put(delivery(next()));
  await store.server.stop("SIGINT");
  const running = worker.run();
  while (told.length === 0) await wait(10);
  assert.deepEqual(told, ["store_unavailable"]);
  await worker.stop();
  await running;
  await store.server.start();
  await assert.doesNotReject(async () => {
    for (let tries = 0; !(await worker.runOnce().catch(() => false)); tries += 1) {
      assert.ok(tries < 100);
      await wait(50);
    }
  });
  await store.stop();
});

test("what cannot be meant", () => {
  const server = createServer();
  for (const wrong of [undefined, {}, server]) {
    assert.throws(() => new InboxWorker(wrong, () => 1), { name: "TypeError", message: /inbox/ });
    assert.throws(() => new PostgresInbox(wrong), { name: "TypeError", message: /Pool/ });
    assert.throws(() => new SqliteInbox(wrong), { name: "TypeError", message: /Database/ });
  }
});
