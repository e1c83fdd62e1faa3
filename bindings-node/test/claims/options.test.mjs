// What claims are made of, what they refuse, and whom they tell.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";

import { Delivery, Verifier } from "hookseal";
import * as ofClaims from "hookseal/claims";
import { webhook } from "hookseal/express";
import { WebhookGuard } from "hookseal/nest";
import { Receiver } from "hookseal/receive";
import { verifyRequest } from "hookseal/web";

import { SECRET, delivery, of } from "./deliveries.mjs";
import { sqliteDatabase } from "./stores.mjs";

const { MemoryClaims, PostgresClaims, RedisClaims, SqliteClaims, SqliteInbox } = ofClaims;
const require = createRequire(import.meta.url);
const DAY = 24 * 60 * 60;

test("ESM and CommonJS are one, and receivers load none of it", () => {
  const { default: unused, ...esm } = ofClaims;
  assert.deepEqual({ ...esm }, { ...require("hookseal/claims") });
  for (const name of ["hookseal", "hookseal/express", "hookseal/web", "hookseal/receive"]) {
    const code = `require("${name}"); console.log(Object.keys(require.cache).join("\\n"))`;
    const loaded = execFileSync("node", ["-e", code], { cwd: import.meta.dirname }).toString();
    assert.doesNotMatch(loaded, /lib.claims/);
  }
});

test("the copy of the texts is as it has to be", () => {
  const script = join(import.meta.dirname, "../../../service/texts/copy-node.mjs");
  execFileSync("node", [script, "--check"]);
});

test("times that cannot be meant", () => {
  const cases = [
    [{ lease: 0 }, "RangeError", /lease is a whole number of seconds from 1/],
    [{ lease: 1.5 }, "RangeError", /lease/],
    [{ lease: -1 }, "RangeError", /lease/],
    [{ lease: NaN }, "RangeError", /lease/],
    [
      { lease: "60" },
      "TypeError",
      /lease is a whole number of seconds, and this is of type string/,
    ],
    [{ lease: 60, keep: 60 }, "RangeError", /a lease is shorter than keep/],
    [{ lease: 7 * DAY }, "RangeError", /shorter than keep/],
    [{ keep: 7 * DAY * 1000 }, "RangeError", /keep/],
    [{ cap: 0 }, "RangeError", /cap/],
    [{ scope: 1 }, "TypeError", /scope/],
    [{ onOutcome: 1 }, "TypeError", /function/],
    [{ leese: 1 }, "TypeError", /no option "leese"/],
    [{ now: 1 }, "TypeError", /function/],
    [null, "TypeError", /options are an object/],
  ];
  for (const [options, name, message] of cases) {
    assert.throws(() => new MemoryClaims(options), { name, message });
  }
  assert.deepEqual([new MemoryClaims().lease, new MemoryClaims().keep], [60, 7 * DAY]);
  assert.equal(inspect(new MemoryClaims()), "MemoryClaims { lease: 60, keep: 604800 }");
  assert.throws(() => new RedisClaims({}, {}), {
    name: "TypeError",
    message: /ioredis or of redis/,
  });
  for (const wrong of [undefined, null, "postgres://", {}]) {
    assert.throws(() => new PostgresClaims(wrong), {
      name: "TypeError",
      message: /Pool or a Client/,
    });
    assert.throws(() => new SqliteClaims(wrong), { name: "TypeError", message: /better-sqlite3/ });
    assert.throws(() => new RedisClaims(wrong), { name: "TypeError", message: /ioredis/ });
  }
});

test("what is kept, and the window of a receiver", () => {
  const receiver = (keep, options) => {
    const claims = new MemoryClaims({ lease: 1, keep });
    return new Receiver("stripe", { secret: SECRET, claims, ...options });
  };
  receiver(600);
  assert.throws(() => receiver(599), { name: "RangeError", message: /at least 600 seconds/ });
  receiver(3, { tolerance: 1, futureTolerance: 2 });
  assert.throws(() => receiver(2, { tolerance: 1, futureTolerance: 2 }), { name: "RangeError" });
  assert.throws(() => receiver(DAY, { tolerance: DAY }), { name: "RangeError" });
});

test("the window that a row does not name is the verifier's", () => {
  const verifier = new Verifier("stripe", SECRET);
  const now = 1_700_000_000;
  const body = Buffer.from('{"id":"evt_1"}');
  const at = (sent) => {
    const { headers } = verifier.sign({ body, now: sent });
    return () => verifier.verify({ body, headers, now });
  };
  assert.ok(at(now - 300)() && at(now + 300)());
  assert.throws(at(now - 301), { code: "timestamp_too_old" });
  assert.throws(at(now + 302), { name: "VerificationError" });
});

test("what a receiver takes", async () => {
  const claims = new MemoryClaims();
  const inbox = new SqliteInbox(await sqliteDatabase());
  const make = (options) => new Receiver("stripe", { secret: SECRET, ...options });
  const wrong = { name: "TypeError" };
  for (const value of [1, {}, MemoryClaims, inbox])
    assert.throws(() => make({ claims: value }), wrong);
  for (const value of [1, {}, claims]) assert.throws(() => make({ inbox: value }), wrong);
  assert.throws(() => make({ claims, inbox }), { ...wrong, message: /either claims or an inbox/ });
  assert.throws(() => make({ onOutcome: "log" }), wrong);
  const handler = () => undefined;
  assert.throws(() => webhook(make({ claims })), { ...wrong, message: /takes the delivery/ });
  assert.throws(() => webhook(make({ inbox }), handler), { ...wrong, message: /InboxWorker/ });
  assert.ok(webhook(make({ inbox })) && new WebhookGuard(make({ inbox })));
  for (const receiver of [make({ claims }), make({ inbox })]) {
    const head = { method: "POST", target: "/", headers: [] };
    const receive = () => receiver.receive(head, new Uint8Array(0));
    assert.throws(receive, { ...wrong, message: /claims\.handle/ });
    const request = new Request("https://a.example", { method: "POST" });
    await assert.rejects(verifyRequest(request, receiver), { ...wrong, message: /webhook\(/ });
  }
});

test("only what verify has made is claimed", async () => {
  const claims = new MemoryClaims();
  const fakes = [undefined, null, "evt_1", {}, Object.create(Delivery.prototype)];
  fakes.push({ ...delivery("evt_1") }, new Proxy(delivery("evt_1"), {}));
  for (const fake of fakes) {
    const wrong = { name: "TypeError", message: /only a Delivery that verify has made/ };
    await assert.rejects(claims.claim(fake), wrong);
    await assert.rejects(
      claims.handle(fake, () => assert.fail()),
      wrong,
    );
  }
  assert.equal((await claims.claim(delivery("evt_1"))).outcome, "run");
});

test("a scheme that binds neither id nor time says so, once", async (t) => {
  const { mock } = t.mock.method(console, "warn", () => undefined);
  const claims = new MemoryClaims();
  for (const a of [1, 2]) await claims.claim(of("github", { a }));
  assert.equal(mock.callCount(), 1);
  const [line] = mock.calls[0].arguments;
  assert.match(line, /^hookseal: a delivery of github: nothing_bound: this scheme signs neither/);
  await claims.claim(delivery("evt_1"));
  await new MemoryClaims().claim(of("github", { a: 1 }));
  assert.equal(mock.callCount(), 2);
});

test("who is told, and of what", async (t) => {
  const { mock } = t.mock.method(console, "warn", () => undefined);
  const claims = new MemoryClaims();
  await claims.handle(delivery("evt_1"), () => undefined);
  await claims.handle(delivery("evt_1"), () => undefined);
  assert.equal(mock.callCount(), 0, "an ordinary repeat is no alarm");
  await claims.handle(delivery("evt_1", { amount: 4242 }), () => undefined);
  assert.equal(mock.callCount(), 1);
  assert.match(mock.calls[0].arguments[0], /conflict_after_done: another body/);
  assert.doesNotMatch(mock.calls[0].arguments[0], /evt_1|4242/);

  const told = [];
  const broken = {
    query: () => Promise.reject(Object.assign(new Error("key 4242"), { code: "57P01" })),
  };
  const onOutcome = (...given) => told.push(given);
  const store = new PostgresClaims(broken, { onOutcome });
  await assert.rejects(
    store.handle(delivery("evt_2"), () => undefined),
    { status: 503 },
  );
  const [[code, about]] = told;
  assert.deepEqual([code, about.scheme, about.eventId], ["store_unavailable", "stripe", "evt_2"]);
  assert.equal(about.error.code, "57P01");
  const silent = new PostgresClaims(broken);
  await assert.rejects(silent.handle(delivery("evt_2"), () => undefined));
  assert.match(mock.calls[1].arguments[0], /cannot be asked[^]*\(Error 57P01\)$/);
  assert.doesNotMatch(mock.calls[1].arguments[0], /4242/);

  const { mock: errors } = t.mock.method(console, "error", () => undefined);
  const failing = new MemoryClaims({ onOutcome: () => Promise.reject(new Error("no")) });
  for (const outcome of ["run", "done"]) {
    assert.equal((await failing.handle(delivery("evt_3"), () => 1)).outcome, outcome);
  }
  await new Promise(setImmediate);
  assert.equal(errors.callCount(), 1);
});

test("what was done is not run again because it could not be noted at once", async () => {
  let calls = 0;
  class Flaky extends MemoryClaims {}
  const claims = new Flaky();
  const query = async (text) => {
    calls += 1;
    if (text.startsWith("INSERT")) return { rows: [{ fence: "1" }], rowCount: 1 };
    if (calls < 4) throw new Error("gone");
    return { rows: [], rowCount: 1 };
  };
  const told = [];
  const store = new PostgresClaims({ query }, { onOutcome: (code) => told.push(code) });
  assert.deepEqual(await store.handle(delivery("evt_1"), () => 7), { outcome: "run", value: 7 });
  assert.deepEqual([calls, told], [4, []]);
  assert.ok(claims);
});

test("the run of a delivery that is being handled", async () => {
  const claims = new MemoryClaims();
  const event = delivery("evt_1");
  assert.equal(ofClaims.runOf(event), undefined);
  const { value } = await claims.handle(event, async (it) => {
    const run = ofClaims.runOf(it);
    return [run.fence > 0, await run.extend()];
  });
  assert.deepEqual(value, [true, true]);
});
