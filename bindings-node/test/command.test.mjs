// `npx hookseal`: what it prints, its exit status, and that no secret is ever printed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import fc from "fast-check";
import { providers, readCapture, sign, verify } from "hookseal";

import { BIN, BODY, KEY, NOW, SECRET, STRIPE, flagsOf, line, run } from "./command.mjs";

const require = createRequire(import.meta.url);
const { card } = require("../lib/command/providers.cjs");
const { COMMANDS } = require("../lib/command/flags.cjs");
const { nearest } = require("../lib/command/nearest.cjs");

test("the expected signature comes only by its name, and beside the output", () => {
  const words = line(`explain ${STRIPE} --body other $HEADERS`);
  const signed = sign("stripe", SECRET, { bodyText: `${BODY}\n`, now: NOW });
  const [, expected] = signed.headers["stripe-signature"].split("v1=");
  const { out, err } = run(...words);
  assert.ok(!`${out}${err}`.includes(expected));
  const shown = run(...words, "--danger-show-expected");
  assert.ok(shown.err.includes(expected) && !shown.out.includes(expected));
});

test("every card fits a terminal", () => {
  for (const scheme of providers()) {
    const text = card(scheme);
    assert.ok(text.startsWith(`${scheme.name}\n  algorithm   `));
    const isFit = (it) => it.length <= 80 || !it.slice(14).includes(" ");
    assert.ok(text.split("\n").every(isFit), text);
    const weak = scheme.lint().filter(({ severity }) => severity === "weak");
    assert.equal(text.split("  WARNING     ").length - 1, weak.length);
    assert.deepEqual(run("providers", scheme.name), { status: 0, out: text, err: "" });
  }
});

test("what sign prints verifies", () => {
  for (const [provider, words] of [
    ["stripe", ""],
    ["contentful", " --method POST --url https://a.example/h"],
  ]) {
    const given = `--provider ${provider} --secret-env TEST_SECRET --now ${NOW} --body body${words}`;
    const headers = run("sign", ...given.split(" "))
      .out.trimEnd()
      .split("\n");
    const flags = headers.flatMap((it) => ["-H", it]);
    assert.equal(run("verify", ...given.split(" "), ...flags).status, 0);
    assert.equal(run("verify", ...given.split(" "), ...flags, "-H", headers.at(-1)).status, 1);
  }
});

test("the whole delivery verifies, where its signature is no header", () => {
  const words = "sign --whole --provider pandadoc --secret-env TEST_SECRET --body body --url";
  const { out } = run(...words.split(" "), "https://a.example/h", "-H", "X-Other: 1");
  const told = readCapture(out);
  assert.ok(told.url.startsWith("https://a.example/h?signature="));
  assert.deepEqual(told.headers, [["X-Other", "1"]]);
  assert.equal(verify("pandadoc", SECRET, told).body.toString(), BODY);
});

const SLIPS = [
  "verify {}",
  "{}",
  "{} verify",
  "--json={} verify",
  "verify --provider {} --secret-env TEST_SECRET --body body",
  "verify --provider stripe --secret-env {} --body body",
  "verify --provider stripe --secret-env=x={} --body body",
  "verify --provider stripe --secret-file {} --body body",
  "verify --provider stripe --secret-env TEST_SECRET --body {}",
  "verify --provider stripe --secret-env TEST_SECRET --body body --now {}",
  "verify --provider stripe --secret-env TEST_SECRET --body body --tolerance {}",
  "verify --provider stripe --secret-env TEST_SECRET --body body -H {}",
  "verify --provider stripe --secret-env TEST_SECRET --body body -{}",
  "verify --provider stripe --secret-env TEST_SECRET --body body --json={}",
  "verify --provider stripe --secret x {} --body body",
  "verify --provider stripe --sec={} --body body",
  "verify --provider stripe --unknown={} --body body",
  "explain --provider stripe --framework {} --secret x --body body",
  "providers {}",
  "providers {} {}",
];

test("no slip shows a secret", () => {
  for (const slip of SLIPS.flatMap((it) => [it, `--json ${it}`])) {
    const words = slip.replaceAll("{}", SECRET).split(" ");
    const { status, out, err } = run(...words); // which searches all that is printed
    assert.equal(status, 2, slip);
    assert.match(err, /^hookseal: .*\n$/, slip);
    if (words.includes("--json")) assert.equal(JSON.parse(out).verdict, "error");
  }
  const control = `sign --provider braintree --secret-env HALVES_SECRET --body ${SECRET}`;
  writeFileSync(SECRET, "bt_payload=a");
  assert.throws(() => run(...control.split(" "), "--whole", "-H", `X: ${SECRET}`), {
    message: "a secret was printed",
  });
});

test("a secret may begin with a hyphen", () => {
  const secret = `-${SECRET}`;
  const { headers } = sign("stripe", secret, { bodyText: BODY, now: NOW });
  const given = `verify --provider stripe --body body --now ${NOW}`.split(" ");
  for (const flag of [["--secret", secret], [`--secret=${secret}`]]) {
    assert.equal(run(...given, ...flag, ...flagsOf(headers)).status, 0);
  }
});

test("bytes that are not UTF-8 are wrong usage", () => {
  const given = `${BIN} verify ${KEY} --body body`;
  const raw = (words) => {
    const script = `${process.execPath} ${given} ${words.replace("RAW", '"$(printf "\\377")"')}`;
    return spawnSync("sh", ["-c", script], { encoding: "utf8" });
  };
  assert.equal(raw("--url https://a.example/").status, 1, "the control");
  for (const words of ["--url RAW", "--secret RAW", "-H X:RAW", "--event-id=RAW"]) {
    const { status, stderr } = raw(words);
    assert.deepEqual([status, stderr.split("\n").length], [2, 2], stderr);
  }
});

test("what a sender wrote cannot steer the terminal", () => {
  const body = JSON.stringify({ id: `a\x1b[2Jb\u202e${"x".repeat(200)}`, type: "t" });
  writeFileSync("steering", body);
  const { headers } = sign("stripe", SECRET, { bodyText: body, now: NOW });
  const { status, out } = run(...line(`verify ${STRIPE} --body steering`), ...flagsOf(headers));
  assert.equal(status, 0);
  assert.ok(!out.includes("\x1b") && !out.includes("\u202e"));
  assert.ok(out.includes("a\\u{1b}[2Jb\\u{202e}xxx") && out.includes("…"));
});

test("colours are for a person who has not refused them", () => {
  const words = line(`verify ${STRIPE} --body body $HEADERS`);
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  try {
    delete process.env.NO_COLOR;
    assert.ok(run(...words).out.startsWith("\x1b[1;32mverified\x1b[0m  stripe"));
    assert.ok(run(...line(`explain ${STRIPE} --body other $HEADERS`)).out.includes("\x1b["));
    process.env.NO_COLOR = "1";
    assert.ok(run(...words).out.startsWith("verified  stripe"));
  } finally {
    process.stdout.isTTY = isTTY;
    delete process.env.NO_COLOR;
  }
});

test("as a program: its status, standard input, a reader that goes away", () => {
  const start = (words, options) => spawnSync(process.execPath, [BIN, ...words], options);
  assert.match(start(["--help"]).stdout.toString(), /Verify one delivery/);
  assert.match(start(["-V"]).stdout.toString(), /^hookseal \d+\.\d+\.\d+\n$/);
  const bare = start([]);
  assert.equal(bare.status, 2);
  assert.match(bare.stderr.toString(), /^hookseal: give a command\n/);
  const given = line(`verify ${STRIPE} --body - $HEADERS`);
  assert.equal(start(given, { input: BODY }).status, 0);
  assert.equal(start(given, { input: `${BODY} ` }).status, 1);
  const gone = `${process.execPath} ${BIN} providers --json; echo $? >&2`;
  const { stderr } = spawnSync("sh", ["-c", `{ ${gone}; } | head -c 10`], { encoding: "utf8" });
  assert.equal(stderr, "0\n");
  if (existsSync("/dev/full")) {
    const full = spawnSync("sh", ["-c", `${process.execPath} ${BIN} providers > /dev/full`]);
    assert.equal(full.status, 2, full.stderr);
  }
});

test("a slip of the finger finds its provider", () => {
  const names = providers().map(({ name }) => name);
  assert.equal(nearest("strpe", names)[0], "stripe");
  assert.equal(nearest("GitHub-App", names)[0], "github");
  assert.equal(nearest("", names).length, 3);
});

test("any words are read, or refused by a sentence", () => {
  const flags = Object.values(COMMANDS).flatMap(({ flags }) => Object.keys(flags));
  const known = fc.constantFrom(...Object.keys(COMMANDS), ...flags.map((it) => `--${it}`));
  const value = fc.oneof(fc.constantFrom("body", "stripe", "TEST_SECRET", "5", "a:b"), fc.string());
  const flagged = fc.tuple(known, value).map(([flag, text]) => `${flag}=${text}`);
  // Standard input is not for this test.
  const word = fc.oneof(known, value, flagged).filter((it) => !/(^|=)-$/.test(it));
  const statuses = new Set();
  const check = (words) => {
    const { status, err } = run(...words);
    assert.ok([0, 1, 2].includes(status));
    // An explanation says itself that a secret cannot be used, and warns of what forges.
    const isExplained = words.includes("explain");
    if (!isExplained) assert.equal(err.startsWith("hookseal: "), status === 2, err);
    statuses.add(status);
  };
  const delivery = line(`${KEY} --allow-weak-secret --body body`);
  const commands = fc.constantFrom(["sign", ...delivery], ["explain", ...delivery], []);
  const words = fc.tuple(commands, fc.array(word, { maxLength: 4 })).map((it) => it.flat());
  fc.assert(fc.property(words, check), { numRuns: 500 });
  assert.deepEqual([...statuses].sort(), [0, 1, 2]);
});
