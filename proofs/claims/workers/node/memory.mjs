// How many bytes so many keys take in memory, for prove/sizes.py: node --expose-gc memory.mjs KEYS

import { createRequire } from "node:module";

const require = createRequire(process.env.PACKAGES);
const { sign, Verifier } = require("hookseal");
const { MemoryClaims } = require("hookseal/claims");

const { SECRET } = process.env;
const keys = Number(process.argv[2]);
const verifier = new Verifier("stripe", SECRET);
const claims = new MemoryClaims({ cap: keys + 1 });

async function handle(number) {
  const body = Buffer.from(JSON.stringify({ id: `evt_${number}` }));
  const { headers } = sign("stripe", SECRET, { body });
  const claim = await claims.claim(verifier.verify({ body, headers }));
  await claim.complete();
}

function held() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

await handle(keys);
const before = held();
for (let number = 0; number < keys; number += 1) await handle(number);
console.log(held() - before);
