import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import * as esm from "hookseal";

import vectors from "./vectors.cjs";

const cjs = createRequire(import.meta.url)("hookseal");

test("every vector has the right verdict through ESM", () => {
  assert.ok(vectors.run(esm) > 8300);
});

test("every vector has the right verdict through CommonJS", () => {
  assert.ok(vectors.run(cjs) > 8300);
});

test("a wrong expectation is seen", () => {
  const spoilt = { ...esm, VerificationError: esm.SecretError };
  assert.throws(() => vectors.run(spoilt));
});

test("a class is one class in ESM and CommonJS", () => {
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  for (const name of Object.keys(cjs)) assert.equal(cjs[name], esm[name], name);
  const refuse = () =>
    new cjs.Verifier("stripe", "a secret of at least 16 bytes").verify({
      body: new Uint8Array(1),
      headers: {},
    });
  assert.throws(refuse, esm.VerificationError);
});
