// What the tests of `npx hookseal` share: a folder with the files that the flags name, the variables,
// and a run in this process that searches all that is printed for a secret.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, mock } from "node:test";

import { sign } from "hookseal";

const require = createRequire(import.meta.url);
const { main } = require("../lib/command/main.cjs");

const ROOT = join(import.meta.dirname, "../..");
// The program of which this is the part that needs no server. `test.sh` builds it.
export const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/hookseal");
export const BIN = join(ROOT, "bindings-node/bin/hookseal.cjs");

export const NOW = 1_700_000_000;
export const BODY = '{"id":"evt_1","type":"invoice.paid"}';
export const SECRET = "kX9vQ2mZ7pLr4TnB8wYc";
const OTHER = "hJ5dF1sG6uEa3RoM0iVq";
const WEAK = "zW3yP8kT";
const ENVIRONMENT = {
  TEST_SECRET: SECRET,
  OTHER_SECRET: OTHER,
  WEAK_SECRET: WEAK,
  STANDARD_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  HALVES_SECRET: `public_id:${SECRET}`,
};
const OWN = `
name = "acme"
signature = { header = "acme-signature", prefix = "v1=" }
signed = "{body}"
`;

const { headers: HEADERS } = sign("stripe", SECRET, { bodyText: BODY, now: NOW });
const FILES = {
  body: BODY,
  other: `${BODY}\n`,
  secret: SECRET,
  form: "From=%2B1&To=%2B2",
  "acme.toml": OWN,
  "capture.json": JSON.stringify({
    method: "POST",
    url: "https://hooks.example.com/stripe",
    headers: Object.entries(HEADERS),
    body: BODY,
  }),
};

const folder = mkdtempSync(join(tmpdir(), "hookseal-"));
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
Object.assign(process.env, ENVIRONMENT);
delete process.env.UNSET_SECRET;
process.chdir(folder);
after(() => {
  process.chdir(ROOT);
  rmSync(folder, { recursive: true });
});

// Status, output and errors of a command in this process.
export function run(...words) {
  const texts = { stdout: "", stderr: "" };
  const mocks = Object.keys(texts).map((name) =>
    mock.method(process[name], "write", (text) => {
      texts[name] += text;
      return true;
    }),
  );
  let status;
  try {
    status = main(words);
  } finally {
    mocks.forEach((it) => it.mock.restore());
  }
  for (const secret of Object.values(ENVIRONMENT)) {
    assert.ok(!`${texts.stdout}${texts.stderr}`.includes(secret), "a secret was printed");
  }
  return { status, out: texts.stdout, err: texts.stderr };
}

export function flagsOf(headers) {
  return Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
}

// Words of a command line, `$HEADERS` being those of the delivery.
export function line(command) {
  return command.split(" ").flatMap((word) => (word === "$HEADERS" ? flagsOf(HEADERS) : word));
}

export const KEY = "--provider stripe --secret-env TEST_SECRET";
export const STRIPE = `${KEY} --now 1700000002`;
export const LATER = `${KEY} --now 1700009999`;
