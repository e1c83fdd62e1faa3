// Every vector through both builds, in Node: as Node loads them, and as browsers do.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAll, assertOneWrong, files } from "./counts.mjs";
import { run, spoilt } from "./verdicts.mjs";

for (const build of ["hookseal", "all"]) {
  for (const way of ["node.mjs", "mjs"]) {
    test(`every vector has the right verdict: ${build}.${way}`, async () => {
      assertAll(run(await import(`../dist/${build}.${way}`), files), build);
    });
  }
}

test("a wrong expectation is seen", async () => {
  assertOneWrong(run(await import("hookseal-wasm"), spoilt(files)));
});

test("bytes are plain, and the surface is that of the package for Node", async () => {
  const wasm = await import("hookseal-wasm");
  const { readFileSync } = await import("node:fs");
  const node = readFileSync(new URL("../../bindings-node/index.mjs", import.meta.url), "utf8");
  const [, names] = /export const \{([^}]*)\}/.exec(node);
  for (const name of names.match(/\w+/g)) assert.ok(name in wasm, name);
  const body = new TextEncoder().encode("{}");
  const { headers } = wasm.sign("github", "It's a Secret to Everybody", { body });
  const delivery = wasm.verify("github", "It's a Secret to Everybody", { body, headers });
  assert.equal(Object.getPrototypeOf(delivery.body), Uint8Array.prototype);
  assert.equal(Object.getPrototypeOf(delivery.replayKey()), Uint8Array.prototype);
});
