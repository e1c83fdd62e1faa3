// How many vectors each build has to run.

import assert from "node:assert/strict";

import vectors from "../../bindings-node/test/vectors.cjs";
import * as all from "hookseal-wasm/all";

export const { files } = vectors;

const PUBLIC_KEYS = /ed25519|ecdsa|rsa/;
const algorithms = new Map(all.providers().map(({ name, algorithm }) => [name, algorithm]));
const isHmac = ({ scheme }) => !PUBLIC_KEYS.test(algorithms.get(scheme));

function sum(some) {
  return some.reduce((count, { tests }) => count + tests.length, 0);
}

// What ran: every vector of the schemes that belong into the build, and each with its verdict.
export function assertAll(found, build) {
  const expected = build === "all" ? files : files.filter(isHmac);
  assert.ok(sum(files) >= 8301 && sum(files.filter(isHmac)) >= 7890, "there were more vectors");
  assert.deepEqual(found.wrong, []);
  assert.equal(found.ran, sum(expected), build);
  const absent = files.filter((file) => !expected.includes(file)).map(({ scheme }) => scheme);
  assert.deepEqual([...new Set(found.absent)].sort(), [...new Set(absent)].sort());
}

export function assertOneWrong(found) {
  assert.equal(found.wrong.length, 1);
}
