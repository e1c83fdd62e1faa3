// Workers whose clocks are wrong by an hour: claims go by the store's clock, and the freshness of a
// delivery by the worker's.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Receiver } from "hookseal/receive";
import { signDelivery } from "hookseal/testing";

import { SECRET, delivery } from "./deliveries.mjs";
import { ALL } from "./stores.mjs";

const HOUR = 60 * 60;
const { now: right } = Date;

// Runs a step of a worker whose clock is ahead.
async function ahead(t, seconds, step) {
  const { mock } = t.mock.method(Date, "now", () => right() + seconds * 1000);
  try {
    return await step();
  } finally {
    mock.restore();
  }
}

// Those of several hosts.
const { memory, ...shared } = ALL;

for (const [name, make] of Object.entries(shared)) {
  test(`${name}: clocks an hour ahead and an hour behind`, async (t) => {
    const store = await make();
    t.after(store.stop);
    const claims = await store.make({ lease: 60, keep: 1800 });
    const event = delivery("evt_1");
    for (const seconds of [HOUR, -HOUR, 0]) {
      const run = await ahead(t, seconds, () => claims.claim(event));
      assert.equal(run.outcome, "run");
      for (const other of [HOUR, -HOUR, 0]) {
        const { outcome, retryAfter } = await ahead(t, other, () => claims.claim(event));
        assert.deepEqual([outcome, retryAfter], ["busy", 60], `${seconds} ${other}`);
        assert.equal(await ahead(t, other, run.extend), true);
      }
      assert.equal(await ahead(t, -seconds, run.release), true);
    }
    const run = await ahead(t, -HOUR, () => claims.claim(event));
    assert.equal(await ahead(t, -HOUR, run.complete), true);
    for (const seconds of [HOUR, -HOUR, 0]) {
      const { outcome } = await ahead(t, seconds, () => claims.claim(event));
      assert.equal(outcome, "done", "though more than keep is over by that clock");
      await ahead(t, seconds, () => claims.forget());
    }
  });
}

test("freshness moves by exactly the skew", () => {
  const sent = 1_700_000_000;
  const { headers, body } = signDelivery("stripe", { body: { id: "evt_1" }, now: sent });
  const head = { method: "POST", target: "/", headers: Object.entries(headers) };
  const status = (clock) => {
    const now = () => clock;
    const receiver = new Receiver("stripe", { secret: SECRET, now, onRefused: () => undefined });
    return receiver.receive(head, body).status ?? 200;
  };
  for (const skew of [-HOUR, 0, HOUR]) {
    const found = [-301, -300, 300, 301].map((at) => status(sent + at + skew));
    assert.deepEqual(found, skew === 0 ? [401, 200, 200, 401] : [401, 401, 401, 401]);
  }
  assert.ok(memory !== undefined, "one process has one clock");
});
