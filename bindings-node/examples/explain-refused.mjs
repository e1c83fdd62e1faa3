// Why was it refused? node explain-refused.mjs refused.json

import { readFileSync, statSync } from "node:fs";

import { explain, readCapture } from "hookseal";

const path = process.argv[2] ?? "refused.json";
const secret = process.env.STRIPE_WEBHOOK_SECRET ?? "";

const explanation = explain("stripe", secret, {
  ...readCapture(readFileSync(path)),
  now: statSync(path).mtime, // when it came: by now it is old
  framework: "express",
});
console.log(explanation.report);
for (const { code, confidence } of explanation.causes) console.log(code, confidence);
