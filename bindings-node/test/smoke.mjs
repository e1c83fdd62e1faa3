// Run by each runtime: what does not depend on `node:test`.

import * as esm from "hookseal";
import { secretFor, signDelivery } from "hookseal/testing";

import vectors from "./vectors.cjs";

const verifier = new esm.Verifier("stripe", "whsec_test_9f0c1b7a5d3e4f60");
for (const size of [2, 70_000]) {
  const body = new Uint8Array(size).fill(0x20);
  body.set([0x7b, 0x7d]);
  const now = new Date();
  const { headers } = verifier.sign({ body, now });
  const delivery = verifier.verify({ body, headers: new Headers(headers), now });
  if (JSON.stringify(delivery.json()) !== "{}" || delivery.body.length !== size)
    throw new Error("body");
}
try {
  const memory = new ArrayBuffer(2);
  const moved = {
    get host() {
      return structuredClone(memory, { transfer: [memory] }) && "a";
    },
  };
  verifier.verify({ body: memory, headers: { ...moved, "stripe-signature": "t=1,v1=1" } });
  throw new Error("a body without memory was taken");
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
}
const request = signDelivery("github", { body: "{}" }).request();
const received = { headers: request.headers, body: await request.arrayBuffer() };
if (esm.verify("github", secretFor("github"), received).body.length !== 2) throw new Error("test");
console.log(`${vectors.run(esm)} vectors`);
