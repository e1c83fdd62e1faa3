// Receivers with claims, over real HTTP: what the provider is answered, and how often a handler runs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { StoreUnavailableError } from "hookseal/claims";
import { Receiver } from "hookseal/receive";

import { send } from "../frameworks/client.mjs";
import { APPLICATIONS } from "./applications.mjs";
import { SECRET, request } from "./deliveries.mjs";
import * as stores from "./stores.mjs";

let store;
before(async () => (store = await stores.ioredis()));
after(() => store?.stop());

let count = 0;
const next = () => `evt_http_${(count += 1)}`;

for (const [name, listen] of Object.entries(APPLICATIONS)) {
  describe(name, () => {
    const told = [];
    const ran = [];
    let act;
    let app;
    let claims;

    before(async () => {
      claims = await store.make({ scope: name, lease: 2 });
      const onOutcome = (code, { eventId }) => told.push([code, eventId]);
      const onRefused = () => undefined;
      const receiver = new Receiver("stripe", { secret: SECRET, claims, onOutcome, onRefused });
      app = await listen(receiver, (delivery) => {
        ran.push(delivery.eventId);
        return act(delivery);
      });
    });
    after(() => app?.close());

    const sent = (id, more) => send(app.port, request(id, more));
    const runs = (id) => ran.filter((it) => it === id).length;
    const codes = (id) => told.filter(([, it]) => it === id).map(([code]) => code);
    const fine = async () => ({ status: 200, text: "took it" });

    test("it is handled once, and the second is acknowledged", async () => {
      act = fine;
      const id = next();
      const first = await sent(id);
      assert.deepEqual([first.status, first.text], [200, "took it"]);
      const second = await sent(id);
      assert.ok(second.status >= 200 && second.status < 300, `${second.status}`);
      assert.equal(second.text, "");
      assert.deepEqual([runs(id), codes(id)], [1, ["already_handled"]]);
    });

    test("while it is handled, the second has to wait", async () => {
      const id = next();
      act = async () => {
        const { status, text, headers } = await sent(id);
        assert.deepEqual([status, text, headers["retry-after"]], [503, "", "2"]);
        return fine();
      };
      assert.equal((await sent(id)).status, 200);
      assert.deepEqual([runs(id), codes(id)], [1, ["being_handled"]]);
    });

    test("one that throws, or answers an error, is run again", async () => {
      const id = next();
      act = async () => Promise.reject(new Error("broken"));
      if (name === "http") act = async () => ({ status: 500, text: "" });
      assert.equal((await sent(id)).status, 500);
      act = async () => ({ status: 422, text: "not yet" });
      const refused = await sent(id);
      assert.deepEqual([refused.status, refused.text], [422, "not yet"]);
      act = fine;
      assert.equal((await sent(id)).status, 200);
      assert.equal(runs(id), 3);
      assert.deepEqual(codes(id), ["handler_failed", "handler_failed"]);
    });

    test("another body under the same id", async () => {
      const id = next();
      const other = () => sent(id, { amount: 2 });
      act = async () => {
        const { status, text } = await other();
        assert.deepEqual([status, text], [503, ""]);
        return fine();
      };
      assert.equal((await sent(id)).status, 200);
      const after = await other();
      assert.ok(after.status >= 200 && after.status < 300);
      assert.deepEqual([runs(id), codes(id)], [1, ["conflict", "conflict_after_done"]]);
    });

    test("a handler that outlives its lease", async () => {
      const id = next();
      act = async () => {
        if (runs(id) === 1) {
          await store.shift(3);
          assert.equal((await sent(id)).status, 200);
        }
        return fine();
      };
      assert.equal((await sent(id)).status, 200);
      assert.deepEqual([runs(id), codes(id)], [2, ["lease_lost"]]);
    });

    test("a store that fails within the handler", async () => {
      const id = next();
      act = async () => {
        throw Reflect.construct(StoreUnavailableError, [new Error("40001")]);
      };
      const { status, text, headers } = await sent(id);
      assert.deepEqual([status, text, headers["retry-after"]], [503, "", "5"]);
      act = fine;
      assert.equal((await sent(id)).status, 200);
    });

    test("what is forged never reaches the store", async () => {
      const before = await counted(store.client);
      for (let at = 0; at < 20; at += 1) {
        const forged = { ...request(next()), body: Buffer.from('{"id":"evt_1"}') };
        assert.equal((await send(app.port, forged)).status, 401);
      }
      assert.equal((await counted(store.client)) - before, 0);
      act = fine;
      await sent(next());
      assert.equal((await counted(store.client)) - before, 2, "the control");
    });
  });
}

// Scripts that Redis has run.
async function counted(client) {
  const stats = await client.info("commandstats");
  const calls = Array.from(stats.matchAll(/cmdstat_evals?h?a?:calls=(\d+)/g), ([, it]) =>
    Number(it),
  );
  return calls.reduce((sum, it) => sum + it, 0);
}

test("the store is down", async () => {
  const down = await stores.ioredis();
  down.client.options.enableOfflineQueue = false;
  const claims = await down.make();
  await down.server.stop("SIGKILL");
  await wait(20);
  for (const [name, listen] of Object.entries(APPLICATIONS)) {
    const told = [];
    const onOutcome = (code) => told.push(code);
    const receiver = new Receiver("stripe", { secret: SECRET, claims, onOutcome });
    const app = await listen(receiver, () => assert.fail("it was run"));
    const { status, text, headers } = await send(app.port, request(next()));
    assert.deepEqual([status, text, headers["retry-after"]], [503, "", "5"], name);
    assert.deepEqual(told, ["store_unavailable"]);
    await app.close();
  }
  await down.stop();
});
