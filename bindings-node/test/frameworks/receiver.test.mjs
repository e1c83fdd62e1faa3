// The function behind every helper: options, addresses, reports.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import fc from "fast-check";
import { Delivery, PUBLIC_MESSAGE, Verifier, explain } from "hookseal";
import { BODY_LIMIT, Receiver } from "hookseal/receive";

import { STANDARD_SECRET, STRIPE_SECRET, TWILIO_SECRET, bySvix } from "./deliveries.mjs";
import { byStripe, byTwilio } from "./deliveries.mjs";

const quiet = { onRefused: () => undefined };

function receive(receiver, { method, path, headers, body }, peer) {
  return receiver.receive({ method, target: path, headers, peer }, body);
}

function status(receiver, delivery, peer) {
  return receive(receiver, delivery, peer).status ?? 200;
}

// What is written to the console meanwhile, by method.
function logged(t, call) {
  const methods = ["log", "info", "warn", "error"];
  const mocks = methods.map((name) => t.mock.method(console, name, () => undefined));
  call();
  return new Promise((resolve) => {
    setImmediate(() => {
      const lines = mocks.flatMap(({ mock }, at) =>
        mock.calls.map((it) => [methods[at], ...it.arguments]),
      );
      mocks.forEach(({ mock }) => mock.restore());
      resolve(lines);
    });
  });
}

test("a path of the URL wins over the request's", () => {
  const url = "https://hooks.example.com/twilio";
  const fixed = new Receiver("twilio", { secret: TWILIO_SECRET, url, ...quiet });
  const genuine = byTwilio();
  const path = "/behind/the/proxy?foo=1&bar=a%20b";
  assert.equal(receive(fixed, { ...genuine, path }).scheme, "twilio");
  assert.equal(status(fixed, { ...genuine, path: "/behind/the/proxy?foo=2" }), 401);
});

test("no secret, and no byte of the request, in any text", async (t) => {
  const receiver = new Receiver("stripe", { secret: STRIPE_SECRET });
  for (const text of [
    inspect(receiver, { depth: 9, showHidden: true }),
    JSON.stringify(receiver),
  ]) {
    assert.ok(!text.includes(STRIPE_SECRET));
  }
  assert.equal(inspect(receiver), 'Receiver of "stripe"');
  const delivery = { ...byStripe(), body: Buffer.from('{"card":"4242"}') };
  const lines = await logged(t, () => {
    const { body, headers, status } = receive(receiver, delivery);
    assert.deepEqual([status, body], [401, PUBLIC_MESSAGE]);
    assert.deepEqual(headers, { "content-type": "text/plain; charset=utf-8" });
  });
  assert.equal(lines.length, 1);
  const [[method, line, ...rest]] = lines;
  assert.deepEqual([method, rest], ["warn", []]);
  assert.match(line, /^hookseal: a delivery of stripe was refused: signature_mismatch: [^\n]+$/);
  assert.doesNotMatch(line, /4242|v1=/);
});

test("a report that fails changes no answer", async (t) => {
  const failure = new Error("the disk is full");
  for (const onRefused of [
    () => {
      throw failure;
    },
    () => Promise.reject(failure),
  ]) {
    const receiver = new Receiver("stripe", { secret: STRIPE_SECRET, onRefused });
    const lines = await logged(t, () => {
      assert.equal(status(receiver, byStripe("/", { ago: 4000 })), 401);
    });
    assert.deepEqual(lines, [["error", "hookseal: onRefused failed", failure]]);
  }
});

test("a capture is JSON, holds every byte, and can be explained", () => {
  const kept = [];
  const receiver = new Receiver("stripe", {
    secret: STRIPE_SECRET,
    onRefused: (...report) => kept.push(report),
    url: "https://a.example",
  });
  const headers = [
    ["X-Text", "\xc3\xa9"],
    ["x-bytes", "\xe9"],
    ["x-bytes", "2"],
    ["x-wide", "\u0100"],
  ];
  const body = Buffer.alloc(20_001, 0xff);
  receiver.receive({ method: "PUT", target: "/a?b", headers }, body);
  receiver.receive({ method: "PUT", target: "/a?b", headers: [] }, Buffer.from("\ufeffé"));
  const [[code, capture], [, another]] = kept;
  assert.equal(code, "missing_signature");
  assert.deepEqual(JSON.parse(JSON.stringify(capture)), {
    method: "PUT",
    url: "https://a.example/a?b",
    headers: [
      ["X-Text", "é"],
      ["x-bytes", { base64: "6Q==" }],
      ["x-bytes", "2"],
      ["x-wide", "\u0100"],
    ],
    body_base64: body.toString("base64"),
  });
  assert.equal(another.toJSON().body, "\ufeffé");
  assert.equal(inspect(kept[1]), "[ 'missing_signature', Capture of 0 headers and 5 bytes ]");
  assert.equal(explain("stripe", STRIPE_SECRET, capture).verdict, code);
});

test("the clock", () => {
  const delivery = byStripe("/", { ago: 10_000 });
  const at = Date.now() / 1000 - 10_000;
  const with_ = (options) =>
    new Receiver("stripe", { secret: STRIPE_SECRET, ...quiet, ...options });
  assert.equal(status(with_({}), delivery), 401);
  assert.equal(receive(with_({ now: () => at + 200 }), delivery).eventId, "evt_1");
  assert.equal(
    receive(with_({ now: () => new Date((at + 200) * 1000) }), delivery).eventId,
    "evt_1",
  );
  assert.equal(status(with_({ now: () => at + 200, tolerance: 100 }), delivery), 401);
  assert.equal(status(with_({ now: () => at - 100, futureTolerance: 50 }), delivery), 401);
});

test("the address comes first, and the signature still counts", () => {
  const codes = [];
  const receiver = new Receiver("svix", {
    secret: STANDARD_SECRET,
    allowFrom: ["192.0.2.0/24", "2001:db8::1"],
    onRefused: (code) => codes.push(code),
  });
  const delivery = bySvix();
  for (const peer of ["192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7"]) {
    assert.equal(receive(receiver, delivery, peer).scheme, "svix");
  }
  for (const peer of ["192.0.3.7", "2001:db8::2", "", undefined, "unix:", "192.0.2.7, 192.0.2.7"]) {
    assert.equal(status(receiver, delivery, peer), 403);
  }
  assert.equal(status(receiver, { ...delivery, body: Buffer.from("{}") }, "192.0.2.7"), 401);
  assert.deepEqual(codes, [...Array(6).fill("address_not_allowed"), "signature_mismatch"]);
  // Without proxies of one's own, nobody is believed who names another address.
  const headers = [...delivery.headers, ["X-Forwarded-For", "192.0.2.7"]];
  assert.equal(status(receiver, { ...delivery, headers }, "198.51.100.1"), 403);
});

test("a large body is refused as the core does it", () => {
  const verifier = new Verifier("stripe", STRIPE_SECRET);
  for (const [size, code] of [
    [BODY_LIMIT, "missing_signature"],
    [BODY_LIMIT + 1, "body_too_large"],
  ]) {
    assert.throws(() => verifier.verify({ body: new Uint8Array(size), headers: {} }), { code });
  }
  const codes = [];
  const onRefused = (code) => codes.push(code);
  const receiver = new Receiver("stripe", { secret: STRIPE_SECRET, onRefused });
  const head = (length) => ({ method: "POST", target: "/", headers: [["Content-Length", length]] });
  assert.equal(receiver.tooLarge(head(`${BODY_LIMIT + 1}`)).status, 413);
  assert.deepEqual(codes, ["body_too_large"]);
  const none = [`${BODY_LIMIT}`, "", "-1", "1e30", "0x9", "²", "9".repeat(5000), "1, 1"];
  for (const length of none) assert.equal(receiver.tooLarge(head(length)), undefined);
  const unlisted = new Receiver("stripe", { secret: STRIPE_SECRET, allowFrom: "::1", onRefused });
  assert.equal(unlisted.tooLarge(head(`${BODY_LIMIT + 1}`)).status, 403);
});

test("whatever a stranger sends has an answer", () => {
  const binary = (most) =>
    fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((it) => String.fromCharCode(it)),
      maxLength: most,
    });
  const text = fc.string({ unit: "binary", maxLength: 60 });
  const names = fc.oneof(binary(20), fc.constantFrom("stripe-signature", "x-forwarded-for"));
  const values = fc.oneof(
    text,
    binary(40),
    fc.constantFrom(`t=1,v1=${"0".repeat(64)}`, "192.0.2.7"),
  );
  const property = fc.property(
    fc.constantFrom("stripe", "meta", "twilio", "svix", "dropbox"),
    fc.oneof(fc.constantFrom("GET", "POST"), text),
    text,
    fc.array(fc.tuple(names, values), { maxLength: 6 }),
    fc.oneof(fc.constant(undefined), text, fc.constant("192.0.2.7")),
    fc.uint8Array({ maxLength: 100 }),
    fc.integer({ min: 0, max: 3 }),
    (provider, method, target, headers, peer, body, trustedProxies) => {
      const receiver = new Receiver(provider, {
        secret: STANDARD_SECRET,
        url: "https://a.example",
        allowFrom: "192.0.2.0/24",
        trustedProxies,
        onRefused: (code, capture) => JSON.stringify(capture),
      });
      const answer = receiver.receive({ method, target, headers, peer }, body);
      assert.ok(!(answer instanceof Delivery));
      assert.ok([200, 401, 403].includes(answer.status));
      assert.ok(provider === "dropbox" || answer.status !== 200);
    },
  );
  fc.assert(property, { numRuns: 300 });
});
