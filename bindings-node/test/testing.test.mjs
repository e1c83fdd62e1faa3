// The testing help: deliveries of every provider.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { test } from "node:test";

import {
  Scheme,
  SchemeError,
  SigningError,
  VerificationError,
  Verifier,
  providers,
  readCapture,
} from "hookseal";
import { SignedDelivery, secretFor, signDelivery } from "hookseal/testing";

import vectors from "./vectors.cjs";

const SIGNED_ANYHOW = 254;
const ONLY_VERIFIED = 19;
const ADDRESS = "https://hooks.example.com/hook";

const rows = new Map(providers().map((scheme) => [scheme.name, scheme.toJSON()]));

function accepted(name, { method, url, headers, body }, now) {
  return new Verifier(name, secretFor(name)).verify({ method, url, headers, body, now });
}

function isOnlyVerified({ key, algorithm }) {
  return (key.format ?? key) === "public-key" && algorithm.startsWith("rsa");
}

test("the facts of every row make the row again", () => {
  for (const scheme of providers()) {
    const again = Scheme.fromJson(JSON.stringify(rows.get(scheme.name)));
    assert.equal(again.toToml(), scheme.toToml());
  }
  const odd = new Scheme({
    name: 'a" = \\',
    source: "one\ntwo\u0007 = ],",
    signature: { header: "x", split: '"', prefix: "a = " },
    checks: [
      { header: "y", equals: "a = b, " },
      { header: "z", equals: "{{}}", when: "always" },
    ],
  });
  assert.equal(Scheme.fromJson(JSON.stringify(odd)).toToml(), odd.toToml());
});

test("an event of nearly every provider", () => {
  let taken = 0;
  for (const name of rows.keys()) {
    let delivery;
    try {
      delivery = signDelivery(name, { url: ADDRESS });
    } catch (error) {
      assert.ok(error instanceof SigningError || error instanceof SchemeError, error);
      continue;
    }
    if (accepted(name, delivery).bound.body === "whole") {
      const body = Buffer.concat([delivery.body.subarray(0, -1), Buffer.from(" ")]);
      assert.throws(() => accepted(name, delivery.with({ body })), VerificationError, name);
    }
    taken += 1;
  }
  assert.ok(taken >= SIGNED_ANYHOW, `${taken}`);
});

function headerId({ event_id: id }, { headers }) {
  const names = (id?.header ?? "").toLowerCase().split("|");
  return headers.find(([name]) => names.includes(name.toLowerCase()))?.[1];
}

test("every provider, with the body, the URL and the headers of a vector", () => {
  let onlyVerified = 0;
  for (const [name, row] of rows) {
    const found = vectors.files.filter(({ scheme }) => scheme === name).flatMap((it) => it.tests);
    const genuine = found.find((it) => it.expect === "verified" && it.now < 1e11);
    const { body, headers, url = "/", method = "POST", now } = vectors.requestOf(genuine);
    const eventId = headerId(row, genuine) ?? genuine.event_id ?? "evt_test";
    const given = { url, method, headers: Object.fromEntries(headers), body, eventId, now };
    if (isOnlyVerified(row)) {
      assert.throws(() => signDelivery(name, given), { code: "cannot_sign" });
      assert.throws(() => secretFor(name), { code: "cannot_sign", name: "SchemeError" });
      onlyVerified += 1;
      continue;
    }
    const delivery = signDelivery(name, given);
    assert.deepEqual(accepted(name, delivery, now).dangerUnsignedBody, delivery.body, name);
  }
  assert.equal(onlyVerified, ONLY_VERIFIED);
});

test("bodies and their types", () => {
  const [json, form] = ["application/json", "application/x-www-form-urlencoded"];
  for (const [name, body, raw, type] of [
    ["stripe", { id: "evt_1", n: 1.5 }, '{"id":"evt_1","n":1.5}', json],
    ["stripe", ["é"], '["é"]', json],
    ["stripe", "é", "é", json],
    ["stripe", new Uint8Array([120]), "x", json],
    ["stripe", new Uint8Array([120]).buffer, "x", json],
    ["twilio", { From: "+1 2" }, "From=%2B1+2", form],
    ["twilio", Buffer.from("From=1"), "From=1", form],
  ]) {
    const delivery = signDelivery(name, { body, url: ADDRESS });
    assert.deepEqual([`${delivery.body}`, delivery.headers["content-type"]], [raw, type]);
    assert.equal(accepted(name, delivery).scheme, name);
  }
  const typed = signDelivery("stripe", { body: "<a/>", headers: { "Content-Type": "text/xml" } });
  assert.equal(typed.headers["content-type"], "text/xml");
  const bytes = Buffer.from("{}");
  const kept = signDelivery("stripe", { body: bytes });
  bytes.fill(0);
  assert.equal(`${accepted("stripe", kept).body}`, "{}");
});

test("what is missing is told", () => {
  for (const [name, body, code] of [
    ["mailgun", {}, "missing_timestamp"],
    ["twilio", '{"a":1}', "missing_field"],
    ["adyen", "no JSON", "malformed_body"],
  ]) {
    assert.throws(() => signDelivery(name, { body, url: ADDRESS }), { code, name: "SigningError" });
  }
  assert.throws(() => signDelivery("no such provider"), SchemeError);
  assert.throws(() => signDelivery("stripe", { body: 1 }), TypeError);
  assert.throws(() => signDelivery("stripe", { secret: "short" }).send({}), TypeError);
  assert.throws(() => signDelivery("stripe").lambdaEvent("3.0"), TypeError);
});

test("a delivery of another secret is refused", () => {
  const given = { body: { id: "evt_1" } };
  assert.equal(accepted("stripe", signDelivery("stripe", given)).eventId, "evt_1");
  const other = signDelivery("stripe", { ...given, secret: "that of another endpoint" });
  assert.throws(() => accepted("stripe", other), { code: "signature_mismatch" });
  assert.ok(!inspect(other).includes("v1="));
});

test("the secrets are spelled as the providers spell theirs", () => {
  assert.equal(secretFor("stripe"), "test_secret_of_stripe");
  assert.equal(Buffer.from(secretFor("standard-webhooks").slice(6), "base64").length, 32);
  assert.match(secretFor("adyen"), /^[0-9a-f]{64}$/);
  assert.match(secretFor("braintree"), /^test:/);
  const own = new Scheme({ name: "own", base: "github" });
  assert.ok("x-hub-signature-256" in signDelivery(own, { body: "{}" }).headers);
  assert.equal(secretFor(own), "test_secret_of_own");
});

test("its path, and its Request", async () => {
  for (const [url, target, whole] of [
    ["/hook?a=1", "/hook?a=1", "http://localhost/hook?a=1"],
    ["https://hooks.example.com/hook?a=1", "/hook?a=1", "https://hooks.example.com/hook?a=1"],
    ["https://hooks.example.com", "/", "https://hooks.example.com/"],
    ["https://hooks.example.com?a=1", "/?a=1", "https://hooks.example.com/?a=1"],
  ]) {
    const delivery = signDelivery("stripe", { url, body: "{}" });
    assert.equal(delivery.target, target);
    const request = delivery.request();
    assert.deepEqual([request.url, request.method, await request.text()], [whole, "POST", "{}"]);
    assert.equal(request.headers.get("stripe-signature"), delivery.headers["stripe-signature"]);
    assert.equal(new URL(delivery.request("/here").url).pathname, "/here");
  }
  assert.equal(signDelivery("stripe").with({ method: "GET" }).request().body, null);
});

test("an event of AWS Lambda is the same request", () => {
  const url = "https://hooks.example.com/hook%20s?a=%2B1&a=2&b=";
  for (const body of ['{"a":"é"}', new Uint8Array([0xff, 0x00])]) {
    const delivery = signDelivery("stripe", { body, url });
    for (const format of ["1.0", "2.0", "alb"]) {
      const event = delivery.lambdaEvent(format);
      assert.equal(event.isBase64Encoded, typeof body !== "string");
      const request = readCapture(JSON.stringify(event));
      assert.deepEqual([request.method, request.body], ["POST", delivery.body]);
      assert.equal(accepted("stripe", { ...delivery, ...request }).scheme, "stripe");
      const query = new URLSearchParams(new URL(request.url).search);
      assert.deepEqual(query.getAll("b"), [""]);
      assert.equal(query.getAll("a").at(-1), "2");
      assert.ok(request.url.startsWith("https://hooks.example.com/hook%20s?a="));
    }
    assert.equal(readCapture(JSON.stringify(delivery.lambdaEvent())).url, url);
    assert.equal(readCapture(JSON.stringify(delivery.lambdaEvent("1.0"))).url, url);
  }
  assert.equal(signDelivery("stripe").lambdaEvent("1.0").headers.host, "localhost");
});

test("in CommonJS it is the same", () => {
  const commonjs = createRequire(import.meta.url)("hookseal/testing");
  assert.equal(commonjs.SignedDelivery, SignedDelivery);
  assert.ok(commonjs.signDelivery("stripe") instanceof SignedDelivery);
});
