// Every vector in the edge runtime of developers' machines: a context of Node's, where a compiled
// module is handed over that is of another realm, and bytes may not be compiled.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";

import { assertAll, assertOneWrong, files } from "./counts.mjs";

const here = join(import.meta.dirname, "..");
const dist = (name) => join(here, "dist", name);

const USE = (file) => `
import * as hookseal from ${JSON.stringify(dist(file))};
import { run, spoilt } from "./verdicts.mjs";

const files = JSON.parse(vectors);
const secret = "whsec_test_9f0c1b7a5d3e4f60";
const receiver = new hookseal.Receiver("stripe", { secret });
const handler = hookseal.webhook(receiver, ({ eventId }) => new Response(eventId));

async function answers() {
  const bodyText = '{"id":"evt_1"}';
  const { headers } = hookseal.sign("stripe", secret, { bodyText });
  const sent = [bodyText, "{}"].map(async (body) => {
    const url = "https://example.com/hook";
    const response = await handler(new Request(url, { method: "POST", headers, body }));
    return [response.status, await response.text()];
  });
  return Promise.all(sent);
}

globalThis.told = answers().then((answers) =>
  JSON.stringify([answers, run(hookseal, files), run(hookseal, spoilt(files))]),
);
`;

// As a framework does it: what is imported as a module is a global of the runtime.
const modules = {
  name: "modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "module" }));
    onLoad({ filter: /./, namespace: "module" }, () => ({ contents: "export default compiled" }));
  },
};

async function told(name, file) {
  const made = await build({
    stdin: { contents: USE(file), resolveDir: import.meta.dirname },
    bundle: true,
    format: "iife",
    target: "es2022",
    write: false,
    plugins: [modules],
  });
  const compiled = new WebAssembly.Module(readFileSync(dist(`${name}.wasm`)));
  const vm = new EdgeVM({
    codeGeneration: { strings: false, wasm: false },
    extend: (globals) => Object.assign(globals, { compiled, vectors: JSON.stringify(files) }),
  });
  vm.evaluate(made.outputFiles[0].text);
  return JSON.parse(await vm.evaluate("told"));
}

for (const name of ["hookseal", "all"]) {
  test(`every vector has the right verdict in an edge runtime: ${name}`, async () => {
    const [[genuine, other], found, spoilt] = await told(name, `${name}.edge.mjs`);
    assert.deepEqual(genuine, [200, "evt_1"]);
    assert.equal(other[0], 401);
    assertAll(found, name);
    assertOneWrong(spoilt);
  });
}

test("control: the inlined bytes are not compiled there", async () => {
  await assert.rejects(told("hookseal", "hookseal.mjs"), /disallowed by embedder/);
});
