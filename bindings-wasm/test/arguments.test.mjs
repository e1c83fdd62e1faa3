// What the border of WebAssembly adds to the tests of the JavaScript half.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as hookseal from "hookseal-wasm/all";

const SECRET = "It's a Secret to Everybody";
const body = new TextEncoder().encode("Hello, World!");
const { headers } = hookseal.sign("github", SECRET, { body });

// Says of itself that it has another length.
class Liar extends Uint8Array {
  get length() {
    return 1e6;
  }

  get byteLength() {
    return 0;
  }

  get byteOffset() {
    return 5;
  }
}

test("an array that lies is read as what it is", () => {
  const liar = new Liar(body.buffer);
  assert.deepEqual([...hookseal.verify("github", SECRET, { body: liar, headers }).body], [...body]);
  const { headers: signed } = hookseal.sign("github", SECRET, { body: liar });
  assert.deepEqual(signed, headers);
});

test("a view into larger memory is read as far as it goes", () => {
  const memory = new Uint8Array(100).fill(0x21);
  memory.set(body, 7);
  const view = memory.subarray(7, 7 + body.length);
  assert.equal(hookseal.verify("github", SECRET, { body: view, headers }).body.length, 13);
});

test("a body above the limit is refused before it is copied", () => {
  const huge = new Uint8Array(1 << 30);
  const before = process.memoryUsage().rss;
  assert.throws(() => hookseal.verify("github", SECRET, { body: huge, headers }), {
    code: "body_too_large",
    status: 413,
  });
  assert.ok(process.memoryUsage().rss - before < 200e6, "it was copied");
});

test("memory that cannot be had is an error, and the next call works", () => {
  const huge = new Uint8Array(2 ** 32 - 1);
  assert.throws(() => hookseal.sign("github", SECRET, { body: huge }), { code: "MemoryError" });
  assert.equal(hookseal.verify("github", SECRET, { body, headers }).scheme, "github");
});

test("text of any kind comes over the border", () => {
  for (const odd of ["\ud800", "\u0000", "żółć", "𝕏".repeat(10_000), "2:hi", "-1:"]) {
    const refuse = () =>
      hookseal.verify("github", SECRET, { body, headers: { "x-hub-signature-256": odd } });
    assert.throws(refuse, hookseal.VerificationError);
    hookseal.detect({ [odd]: odd });
    hookseal.explain("github", odd, { body, headers: { [odd]: odd }, url: odd, method: odd });
    assert.throws(() => hookseal.Scheme.fromToml(odd), hookseal.SchemeError);
    assert.throws(() => new hookseal.Verifier(odd, SECRET), hookseal.SchemeError);
  }
});

test("captured requests, and what is none", () => {
  const captured = hookseal.readCapture("curl https://example.com/hook -H 'X-A: b' --data-raw '{}'");
  assert.equal(captured.method, "POST");
  assert.equal(captured.url, "https://example.com/hook");
  assert.deepEqual(captured.headers[0], ["X-A", "b"]);
  assert.deepEqual([...captured.body], [0x7b, 0x7d]);
  assert.throws(() => hookseal.readCapture("nothing of the kind"), {
    name: "CaptureError",
    code: "unrecognised",
  });
});

test("an explanation has all that the core's has, and the report", () => {
  const explanation = hookseal.explain("github", SECRET, {
    body: new TextEncoder().encode("Hello, World!\n"),
    headers,
  });
  assert.deepEqual(Object.keys(explanation).sort(), [
    ...["causes", "excluded", "message", "report", "scheme", "secrets", "signed", "steps"],
    ...["trials", "verdict"],
  ]);
  assert.equal(explanation.causes[0].code, "body_trailing_bytes");
  assert.equal(explanation.causes[0].confidence, "proved");
});

test("a million verifications keep nothing", () => {
  const verifier = new hookseal.Verifier("github", SECRET);
  const many = (times) => {
    for (let at = 0; at < times; at += 1) verifier.verify({ body, headers });
  };
  many(100_000);
  const before = process.memoryUsage().rss;
  many(500_000);
  assert.ok(process.memoryUsage().rss - before < 30e6, "memory grew");
});
