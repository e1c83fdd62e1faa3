// `npx hookseal` and the program `hookseal`: both say the same.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { providers } from "hookseal";

import { KEY, LATER, PROGRAM, SECRET, STRIPE, line, run } from "./command.mjs";

// What both print on standard output, and their exit status.
const AGREED = [
  [`verify ${STRIPE} --body body $HEADERS`, 0, "verified  stripe: the delivery is genuine"],
  [`verify ${STRIPE} --body body $HEADERS --json`, 0, '"event_id":"evt_1"'],
  [`verify ${STRIPE} --body=body $HEADERS`, 0, "  event type invoice.paid\n"],
  [`verify ${STRIPE} --body other $HEADERS`, 1, "code       signature_mismatch"],
  [`verify ${STRIPE} --body other $HEADERS --json`, 1, '"code":"signature_mismatch"'],
  [`--json verify ${LATER} --body body $HEADERS`, 1, '"code":"timestamp_too_old"'],
  [`verify ${LATER} --danger-any-time --body body $HEADERS`, 0, "window     NOT CHECKED"],
  [`verify ${STRIPE} --tolerance 1 --body body $HEADERS`, 1, "timestamp_too_old"],
  [`verify ${STRIPE} --body body`, 1, "missing_signature"],
  [`verify --secret-env OTHER_SECRET ${STRIPE} --body body $HEADERS`, 0, "2 of 2 matched"],
  [
    "verify --provider stripe --secret-file secret --now 1699999990 --body body $HEADERS",
    0,
    "10 s ahead",
  ],
  [
    "verify --provider github --secret-env TEST_SECRET --body body -H x-hub-signature-256:sha256=0",
    1,
    "malformed_signature",
  ],
  [
    "verify --provider twilio --secret-env TEST_SECRET --body form -H " +
      `X-Twilio-Signature:${"A".repeat(27)}=`,
    1,
    "missing_url",
  ],
  [
    "verify --provider buildkite-shared-token --secret-env TEST_SECRET --body body -H " +
      `X-Buildkite-Token:${SECRET}`,
    0,
    "verified  buildkite-shared-token: the token is right",
  ],
  [
    "verify --scheme acme.toml --secret-env TEST_SECRET --body body -H acme-signature:v1=00 --json",
    1,
    '"scheme":"acme"',
  ],
  [`sign ${STRIPE} --body body`, 0, "stripe-signature: t=1700000002,v1="],
  [`sign ${STRIPE} --body body --json`, 0, '[["stripe-signature","t=1700000002,v1='],
  [`sign ${STRIPE} --whole --request capture.json`, 0, "https://hooks.example.com/stripe"],
  [
    "sign --provider standard-webhooks --secret-env STANDARD_SECRET --event-id msg_1 " +
      "--now 1700000000 --body body",
    0,
    "webhook-id: msg_1\n",
  ],
  [
    "sign --provider github --secret-env TEST_SECRET --event-id e1 --body body",
    0,
    "x-github-delivery: e1\nx-hub-signature-256: sha256=",
  ],
  [
    "sign --provider pandadoc --secret-env TEST_SECRET --body body --url https://a.example/h",
    0,
    "query parameter signature: ",
  ],
  [
    "sign --provider pandadoc --secret-env TEST_SECRET --body body --whole --url " +
      "https://a.example/h?signature=old&a=1 -H X-Other:é",
    0,
    '"url": "https://a.example/h?a=1&signature=',
  ],
  [
    "sign --provider contentful --secret-env TEST_SECRET --now 1700000000 --body body " +
      "--method post --url https://a.example/h?x=1",
    0,
    "x-contentful-signed-headers: x-contentful-",
  ],
  ["sign --provider treezor --secret-env TEST_SECRET --body body", 2, ""],
  ["sign --provider twilio --secret-env TEST_SECRET --body form", 2, ""],
  ["sign --provider aircall --secret-env TEST_SECRET --body body", 2, ""],
  [`verify ${STRIPE} --tolerance 5 --danger-any-time --body body`, 2, ""],
  [`verify ${STRIPE} --tolerance 4294967296 --body body`, 2, ""],
  [`verify ${STRIPE} --now 5 --body body`, 2, ""],
  [`verify ${KEY} --scheme acme.toml --body body`, 2, ""],
  ["providers no-such-provider --json", 2, '"code":"unknown_provider"'],
  ["providers --toml", 2, ""],
  ["providers stripe --toml --json", 2, '"verdict":"error"'],
  ["verify --provider github --secret-env WEAK_SECRET --body body", 2, ""],
  ["verify --provider github --secret-env WEAK_SECRET --allow-weak-secret --body body", 1, ""],
  ["verify --provider stripe --secret-env UNSET_SECRET --body body", 2, ""],
  ["verify --provider stripe --secret-env __proto__ --body body", 2, ""],
  ["verify --provider stripe --body body", 2, ""],
  [`verify ${KEY}`, 2, ""],
  [`verify ${KEY} --body no-such-file`, 2, ""],
  [`verify ${KEY} --body .`, 2, ""],
  [`verify ${KEY} --now -1 --body body`, 2, ""],
  [`verify ${KEY} --body body -H no-colon`, 2, ""],
  [`verify ${KEY} --body`, 2, ""],
  [`verify ${KEY} --request body`, 2, ""],
  ["--json", 2, ""],
  ["providers stripe --toml", 0, 'name = "stripe"'],
  [`verify ${STRIPE} --request capture.json`, 0, "the delivery is genuine"],
  [`verify ${STRIPE} --request capture.json --body other`, 1, "signature_mismatch"],
  [`explain ${STRIPE} --request capture.json`, 0, "verified  stripe\n"],
  [`explain ${STRIPE} --body other $HEADERS --framework flask`, 1, "body_trailing_bytes"],
  [`explain ${STRIPE} --body other $HEADERS --json`, 1, '"causes":[{"code":"body_trail'],
  [
    "explain --provider stripe --secret-env OTHER_SECRET --other-secret-file secret " +
      "--now 1700000002 --body body $HEADERS --json",
    1,
    '"secret_of_another_endpoint"',
  ],
  ["explain --provider standard-webhooks --secret-env WEAK_SECRET --body body --json", 2, ""],
];

// Without what differs between two runs, and what the other program can tell more exactly: the time
// that was spent, hints, and sentences that name each program's own flags.
function comparable(out) {
  let told;
  try {
    told = JSON.parse(out);
  } catch {
    return out.replaceAll(/^ {2}hint .*\n/gm, "");
  }
  if (Array.isArray(told)) return told;
  const { micros, hint, message, ...rest } = told;
  return rest.verdict === "error" || rest.verdict === "refused" ? rest : { message, ...rest };
}

for (const [command, status, text] of AGREED) {
  test(`both programs say the same: ${command}`, () => {
    const found = run(...line(command));
    assert.equal(found.status, status, found.out + found.err);
    assert.ok(found.out.includes(text), found.out);
    const isTold = status === 2 && !command.startsWith("explain");
    assert.equal(found.err.split("\n").length - 1, isTold ? 1 : 0, found.err);
    const other = spawnSync(PROGRAM, line(command), { encoding: "utf8" });
    assert.equal(other.status, status, other.stderr);
    // The one that was given no command shows all of its help.
    if (command !== "--json") assert.deepEqual(comparable(found.out), comparable(other.stdout));
  });
}

test("the rows are those of the other program", () => {
  const rows = JSON.parse(run("providers", "--json").out);
  assert.deepEqual(
    rows.map(({ name }) => name),
    providers().map(({ name }) => name),
  );
  const stripe = rows.find(({ name }) => name === "stripe");
  assert.deepEqual([stripe.headers, stripe.body_fields], [["stripe-signature"], ["id", "type"]]);
  const all = { encoding: "utf8", maxBuffer: 1e8 };
  const others = JSON.parse(spawnSync(PROGRAM, ["providers", "--json"], all).stdout);
  assert.equal(others.length, rows.length);
  for (const [at, row] of rows.entries()) {
    const same = Object.keys(row).map((key) => [key, others[at][key]]);
    assert.deepEqual(row, Object.fromEntries(same));
  }
  const lines = run("providers").out.trimEnd().split("\n");
  assert.ok(lines.includes("stripe\thmac-sha256\tstripe-signature\tbody, event id, time"));
  assert.equal(lines.length, rows.length);
});

test("each command has its help, with every flag of the other program", () => {
  for (const command of ["verify", "explain", "sign", "providers"]) {
    const { status, out } = run(command, "--help", "--no-such-flag");
    assert.equal(status, 0);
    assert.ok(out.split("\n").every((it) => it.length <= 80));
    const other = spawnSync(PROGRAM, [command, "--help"], { encoding: "utf8" }).stdout;
    const flags = (text) => [...new Set(text.match(/^ +(?:-\w, )?--[a-z-]+/gm))].sort();
    const bare = (text) => flags(text).map((it) => it.trim());
    assert.deepEqual(bare(out), bare(other));
  }
});
