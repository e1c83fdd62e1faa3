// Captured requests, and what an explanation shows only where it is asked for.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import * as esm from "hookseal";

const { CaptureError, explain, readCapture, sign, verify } = esm;

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const BODY = Buffer.from('{"id":"evt_1","name":"é"}');
const NOW = 1_700_000_000;
const { headers: HEADERS } = sign("stripe", SECRET, { body: BODY, now: NOW });

function message(body) {
  const lines = Object.entries({ host: "a.example", "x-other": "é", ...HEADERS });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([
    Buffer.from(`POST /hook HTTP/1.1\r\ncontent-length: ${body.length}\r\n${head}\r\n`),
    body,
  ]);
}

test("a captured request is one to verify, and to explain", () => {
  const bytes = message(BODY);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  for (const captured of [bytes, bytes.toString(), new Uint8Array(bytes).buffer, shared]) {
    const request = readCapture(captured);
    assert.equal(request.method, "POST");
    assert.deepEqual(request.body, BODY);
    assert.deepEqual(
      request.headers.find(([name]) => name === "x-other"),
      ["x-other", "Ã©"],
      "a character is a byte",
    );
    assert.equal(verify("stripe", SECRET, { ...request, now: NOW }).eventId, "evt_1");
    assert.equal(explain("stripe", SECRET, { ...request, now: NOW }).verdict, "verified");
  }
});

test("bytes that are no text stay what they are", () => {
  const wire = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  assert.deepEqual(readCapture(message(wire)).body, wire);
  const json = { method: "PUT", headers: [["a", { base64: "/w==" }]], body_base64: "/wA=" };
  const { headers, body, url } = readCapture(JSON.stringify(json));
  assert.deepEqual([headers, body, url], [[["a", "\xff"]], Buffer.from([0xff, 0]), undefined]);
});

test("what is no capture is told by its code, without a byte of it", () => {
  for (const [captured, code] of [
    ["", "empty"],
    ["secret body", "unrecognised"],
    ['{"headers": [], "headers": []}', "duplicate_key"],
    [Buffer.from([0xff]), "unrecognised"],
  ]) {
    assert.throws(() => readCapture(captured), { code, name: "CaptureError" });
    assert.throws(
      () => readCapture(captured),
      (error) => error instanceof CaptureError && !inspect(error).includes("secret body"),
    );
  }
  for (const captured of [undefined, null, 1, {}, [], new Uint16Array(2)]) {
    assert.throws(() => readCapture(captured), TypeError);
  }
});

test("a capture does not show what it holds", () => {
  assert.match(inspect(readCapture(message(BODY))), /^Capture of \d+ headers and 26 bytes$/);
});

test("an explanation shows content, colours and the expected signature only where asked", () => {
  const [, expected] = HEADERS["stripe-signature"].split("v1=");
  const headers = { "stripe-signature": `t=${NOW},v1=${"0".repeat(64)}` };
  const told = (shown) => explain("stripe", SECRET, { body: BODY, headers, now: NOW, ...shown });
  const plain = told({});
  assert.equal(plain.expected, undefined);
  assert.ok(!plain.report.includes("evt_1") && !plain.report.includes("\x1b["));
  assert.ok(told({ showContent: true }).report.includes("evt_1"));
  assert.ok(told({ showColours: true }).report.includes("\x1b["));
  const dangerous = told({ dangerShowExpected: true });
  assert.equal(dangerous.expected, expected);
  for (const text of [inspect(dangerous), JSON.stringify(dangerous), `${dangerous.report}`]) {
    assert.ok(!text.includes(expected));
  }
  assert.deepEqual({ ...dangerous }, { ...plain });
  assert.throws(() => told({ dangerShowExpected: "yes" }), TypeError);
});

test("a capture is read again from its JSON", () => {
  const json = {
    method: "POST",
    url: "https://example.com/",
    headers: [
      ["a", "café"],
      ["b", { base64: "/w==" }],
    ],
    body_base64: "e/99",
  };
  const first = readCapture(JSON.stringify(json));
  assert.deepEqual(first.headers, [
    ["a", "cafÃ©"],
    ["b", "ÿ"],
  ]);
  assert.deepEqual([...first.body], [0x7b, 0xff, 0x7d]);
  assert.deepEqual(JSON.parse(JSON.stringify(first)), json);
  assert.deepEqual(readCapture(JSON.stringify(first)), first);
});
