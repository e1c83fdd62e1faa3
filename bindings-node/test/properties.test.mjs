// Any value in any place: a result, a typed error, or a TypeError. Nothing else, and no crash.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";
import {
  BodyUnsignedError,
  Delivery,
  Scheme,
  SchemeError,
  SecretError,
  SigningError,
  VerificationError,
  Verifier,
  acknowledgement,
  detect,
  enrol,
  explain,
  handshake,
  providers,
  sign,
  verify,
} from "hookseal";

const RUNS = 2000;
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TYPED = [
  BodyUnsignedError,
  SchemeError,
  SecretError,
  SigningError,
  VerificationError,
  TypeError,
];

const names = providers().map((it) => it.name);
const words = [
  "stripe-signature",
  "t=1700000000,v1=",
  "webhook-id",
  "x-hub-signature-256",
  "sha256=",
  "none",
  "{body}",
  "hex",
  ...names.slice(0, 9),
];
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((it) => String.fromCharCode(it)) }),
  fc.constantFrom(...words),
);
const bytes = fc.uint8Array().map((it) => (it.length % 2 === 0 ? it : Buffer.from(it)));
const odd = fc.constantFrom(
  undefined,
  null,
  NaN,
  -0,
  Infinity,
  2 ** 32,
  2 ** 53,
  1n,
  Symbol("s"),
  () => {},
  new Date(NaN),
  new Map(),
  new Headers(),
  new SharedArrayBuffer(2),
  new ArrayBuffer(3),
  new Proxy({}, {}),
  Object.create(null),
  verify,
  Verifier,
  Scheme,
);
const any = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withSet: true,
  }),
  odd,
  text,
  bytes,
);
const headers = fc.oneof(
  any,
  fc.dictionary(text, fc.oneof(text, fc.array(text))),
  fc.array(fc.tuple(text, text)),
  fc.array(text),
);
const now = fc.oneof(any, fc.integer(), fc.double(), fc.date());
const request = fc.oneof(
  any,
  fc.record(
    {
      body: fc.oneof(bytes, any),
      headers,
      url: fc.oneof(any, text),
      method: fc.oneof(any, text),
      now,
      bodyText: any,
      eventId: any,
      expected: any,
      otherSecrets: any,
      framework: any,
    },
    { requiredKeys: [] },
  ),
  fc.record({ body: bytes, headers, now: fc.integer({ min: 0, max: 1e11 }) }),
);
const facts = fc.oneof(
  any,
  fc.record(
    {
      name: fc.oneof(text, any),
      base: fc.oneof(any, fc.constantFrom(...names)),
      signature: any,
      signed: fc.oneof(any, text),
      timestamp: any,
      checks: any,
      eventId: any,
      key: any,
      admits: any,
      algorithm: any,
    },
    { requiredKeys: ["name"] },
  ),
);
const provider = fc.oneof(fc.constantFrom(...names), facts);
const secret = fc.oneof(fc.constant(SECRET), any, fc.array(fc.oneof(text, bytes)));
const options = fc.oneof(
  fc.constant(undefined),
  any,
  fc.record(
    {
      tolerance: any,
      futureTolerance: any,
      bodyLimit: any,
      dangerWeakSecret: any,
      dangerAnyTime: any,
    },
    { requiredKeys: [] },
  ),
);

const seen = new Map();

function holds(call) {
  let outcome = "result";
  try {
    call();
  } catch (error) {
    const Kind = TYPED.find((it) => error instanceof it);
    if (Kind === undefined) throw error;
    outcome = Kind.name;
  }
  seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
}

function check(name, arbitraries, call) {
  test(name, () => {
    fc.assert(
      fc.property(...arbitraries, (...values) => holds(() => call(...values))),
      { numRuns: RUNS },
    );
  });
}

const verifiers = names.map((name) => {
  try {
    return new Verifier(name, SECRET);
  } catch {
    return new Verifier("stripe", SECRET);
  }
});

function askAll(delivery) {
  assert.ok(delivery instanceof Delivery);
  holds(() => delivery.body);
  holds(() => delivery.json());
  assert.ok(delivery.eventId === undefined || typeof delivery.eventId === "string");
  assert.ok(delivery.eventType === undefined || typeof delivery.eventType === "string");
  assert.equal(delivery.replayKey().length, 32);
}

check("Verifier.verify", [fc.constantFrom(...verifiers), request], (it, given) =>
  askAll(it.verify(given)),
);
check("verify", [provider, secret, request, options], (...given) => askAll(verify(...given)));
check("sign", [provider, secret, request, options], sign);
check("handshake", [provider, request], handshake);
check("enrol", [provider, request], enrol);
check("acknowledgement", [provider], acknowledgement);
check("detect", [headers], detect);
check("Verifier", [provider, secret, options], (...given) => new Verifier(...given));
check("Scheme", [facts], (given) => new Scheme(given).toToml());
check("Scheme of JSON", [fc.oneof(fc.json(), any)], (given) => Scheme.fromJson(given));
check("Scheme of TOML", [any], (given) => Scheme.fromToml(given));

test("explain", () => {
  const one = fc.property(provider, secret, request, options, (...given) =>
    holds(() => explain(...given)),
  );
  fc.assert(one, { numRuns: RUNS / 10 });
});

test("a genuine delivery with any headers and any body around it", () => {
  const verifier = new Verifier("standard-webhooks", SECRET);
  const one = fc.property(
    fc.uint8Array({ maxLength: 2000 }),
    fc.dictionary(fc.string(), text),
    (body, others) => {
      const signed = sign("standard-webhooks", SECRET, {
        body,
        eventId: "msg_1",
        now: 1_700_000_000,
      }).headers;
      for (const name of Object.keys(others)) if (/^webhook-/i.test(name)) delete others[name];
      const delivery = verifier.verify({
        body,
        headers: { ...others, ...signed },
        now: 1_700_000_000,
      });
      assert.deepEqual(Buffer.from(delivery.body), Buffer.from(body));
      assert.equal(delivery.eventId, "msg_1");
    },
  );
  fc.assert(one, { numRuns: RUNS });
});

test("every outcome was met", () => {
  assert.deepEqual(
    [...seen.keys()].filter((it) => it !== "BodyUnsignedError").sort(),
    [
      "SchemeError",
      "SecretError",
      "SigningError",
      "TypeError",
      "VerificationError",
      "result",
    ].sort(),
  );
});

test("an error of another kind is seen", () => {
  assert.throws(
    () =>
      holds(() => {
        throw new RangeError();
      }),
    RangeError,
  );
});
