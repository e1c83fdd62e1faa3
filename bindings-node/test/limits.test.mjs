// Threads, and memory over a million calls.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";

import { Verifier, sign } from "hookseal";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const now = 1_700_000_000;
const body = Buffer.from('{"id":"evt_1","type":"invoice.paid"}'.padEnd(1024));
const verifier = new Verifier("stripe", SECRET);
const { headers } = sign("stripe", SECRET, { body, now });

// Bytes that the process has more after the calls.
async function growth(call, times) {
  const size = async () => {
    for (let at = 0; at < 4; at += 1) {
      collect();
      await pause(5);
    }
    return process.memoryUsage().rss;
  };
  for (let at = 0; at < times / 5; at += 1) call();
  const before = await size();
  for (let at = 0; at < times; at += 1) call();
  return (await size()) - before;
}

const MUCH = 24 << 20;

test("a million verifications keep nothing, in one turn of the event loop", async () => {
  const call = () => verifier.verify({ body, headers, now });
  assert.ok((await growth(call, 1_000_000)) < MUCH);
});

test("nor do refusals, questions, verifiers, and large bodies", async () => {
  const refused = () => assert.throws(() => verifier.verify({ body, headers: {}, now }));
  assert.ok((await growth(refused, 50_000)) < MUCH, "refusals");
  const asked = () => {
    const delivery = verifier.verify({ body, headers, now });
    return [delivery.eventId, delivery.replayKey(), delivery.json(), delivery.body];
  };
  assert.ok((await growth(asked, 50_000)) < MUCH, "questions");
  const large = Buffer.alloc(200_000, " ");
  const signed = sign("stripe", SECRET, { body: large, now }).headers;
  const received = () => verifier.verify({ body: large, headers: signed, now }).body;
  assert.ok((await growth(received, 500)) < MUCH, "large bodies");
});

test("verifiers are given back when the event loop turns", async () => {
  const rounds = [];
  for (let round = 0; round < 10; round += 1) {
    rounds.push(await growth(() => new Verifier("stripe", SECRET), 2000));
  }
  const late = rounds.slice(2).reduce((sum, bytes) => sum + bytes);
  assert.ok(late < MUCH, `${rounds}`);
});

test("what is kept is seen", async () => {
  const kept = [];
  const call = () => kept.push(verifier.verify({ body, headers, now }));
  assert.ok((await growth(call, 50_000)) > MUCH);
  assert.equal(kept.length, 60_000);
});

const WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { Verifier, VerificationError } = require("hookseal");
  const { body, headers, now, secret } = workerData;
  const verifier = new Verifier("stripe", secret);
  let verified = 0;
  let refused = 0;
  for (let at = 0; at < 20000; at += 1) {
    try {
      verifier.verify({ body, headers: at % 2 === 0 ? headers : {}, now });
      verified += 1;
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      refused += 1;
    }
  }
  parentPort.postMessage([verified, refused]);
`;

test("worker threads, that begin and end at the same time", async () => {
  const run = (shared) =>
    new Promise((resolve, reject) => {
      const workerData = { body: shared, headers, now, secret: SECRET };
      const worker = new Worker(WORKER, { eval: true, workerData });
      worker.once("message", resolve).once("error", reject);
    });
  const shared = new Uint8Array(new SharedArrayBuffer(body.length));
  shared.set(body);
  const counts = await Promise.all([shared, body, shared, body, shared, body].map(run));
  assert.deepEqual(counts, Array(6).fill([10_000, 10_000]));
  assert.equal(verifier.verify({ body, headers, now }).eventId, "evt_1");
});
