// What a verification costs in Node: beside `createHmac` and `timingSafeEqual` over the same body,
// and beside the packages that providers hand out.
//
// Everybody runs a little in every round, in an order that is drawn anew, so that nobody always
// comes after one that leaves garbage or busy threads; a figure is the median of the rounds, a ratio
// the median of the ratios inside the rounds. So other work on the machine hits all alike.
//
//     node bench/run.mjs            the tables
//     node bench/run.mjs --check    fails where a budget is broken

import { execFileSync } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";

import { WebhookVerificationService as Tern } from "@hookflo/tern";
import { verify as octokit } from "@octokit/webhooks-methods";
import { Verifier, sign } from "hookseal";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";

const ROUNDS = 301;
const ROUND = 200_000; // nanoseconds a round for each, at least one call
const SIZES = { "256 B": 256, "1 KiB": 1 << 10, "16 KiB": 16 << 10, "1 MiB": 1 << 20 };
const BUDGET_1_KIB = 0.75;
const BUDGET = 1.1;
const BUDGET_STANDARD_WEBHOOKS = 5;
const BUDGET_LOAD = 10;

const SECRETS = {
  "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  stripe: "whsec_test_9f0c1b7a5d3e4f60",
  github: "It's a Secret to Everybody",
};

const OTHERS = {
  host: "hooks.example.com",
  "user-agent": "Provider/1.0 (+https://example.com/webhooks)",
  "content-type": "application/json; charset=utf-8",
  "content-length": "1024",
  accept: "*/*",
  "accept-encoding": "gzip",
};

function bodyOf(size) {
  const head = '{"id":"evt_1","type":"invoice.paid","data":"';
  return Buffer.from(`${head.padEnd(size - 2, "x")}"}`);
}

// What no verification in JavaScript can do without, unless it leaves Node's own crypto.
function floor(body) {
  const key = Buffer.from(SECRETS["standard-webhooks"].slice("whsec_".length), "base64");
  const tag = createHmac("sha256", key).update(body).digest();
  return () => {
    if (!timingSafeEqual(createHmac("sha256", key).update(body).digest(), tag)) throw new Error();
  };
}

function headersOf(row, body) {
  return { ...OTHERS, ...sign(row, SECRETS[row], { body, eventId: "msg_1" }).headers };
}

function ours(row, body) {
  const verifier = new Verifier(row, SECRETS[row]);
  const headers = headersOf(row, body);
  return () => verifier.verify({ body, headers });
}

function packageOf(Webhook, body) {
  const webhook = new Webhook(SECRETS["standard-webhooks"]);
  const headers = headersOf("standard-webhooks", body);
  return () => webhook.verify(body, headers);
}

function stripe(body) {
  const { webhooks } = new Stripe("sk_test_none");
  const header = headersOf("stripe", body)["stripe-signature"];
  return () => webhooks.signature.verifyHeader(body, header, SECRETS.stripe, 300);
}

function github(body) {
  const header = headersOf("github", body)["x-hub-signature-256"];
  const text = body.toString();
  return async () => {
    if (!(await octokit(SECRETS.github, text, header))) throw new Error();
  };
}

// The other floor: of whoever has no `node:crypto`.
async function webCrypto(body) {
  const { subtle } = globalThis.crypto;
  const secret = Buffer.from(SECRETS["standard-webhooks"].slice("whsec_".length), "base64");
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", secret, hmac, false, ["sign", "verify"]);
  const tag = await subtle.sign("HMAC", key, body);
  return async () => {
    if (!(await subtle.verify("HMAC", key, tag, body))) throw new Error();
  };
}

// It takes a `Request`, which is made in each call, as in a server.
function tern(body) {
  const headers = headersOf("github", body);
  return async () => {
    const request = new Request("https://example.com/", { method: "POST", body, headers });
    const { isValid } = await Tern.verifyWithPlatformConfig(request, "github", SECRETS.github);
    if (!isValid) throw new Error();
  };
}

const CONTESTANTS = {
  "`createHmac`": floor,
  WebCrypto: webCrypto,
  "standard-webhooks": (body) => ours("standard-webhooks", body),
  stripe: (body) => ours("stripe", body),
  github: (body) => ours("github", body),
  "`standardwebhooks`": (body) => packageOf(StandardWebhook, body),
  "`svix`": (body) => packageOf(SvixWebhook, body),
  "`stripe`": stripe,
  "`@octokit/webhooks-methods`": github,
  "`@hookflo/tern`": tern,
};
const NAMES = Object.keys(CONTESTANTS);
const [FLOOR, ...OTHER_NAMES] = NAMES;

// Nanoseconds a call.
async function timed(call, times) {
  const isAsync = call.constructor.name === "AsyncFunction";
  const start = process.hrtime.bigint();
  if (isAsync) for (let at = 0; at < times; at += 1) await call();
  else for (let at = 0; at < times; at += 1) call();
  return Number(process.hrtime.bigint() - start) / times;
}

function shuffled(names) {
  const drawn = names.map((name) => [Math.random(), name]);
  return drawn.sort(([one], [other]) => one - other).map(([, name]) => name);
}

// Nanoseconds of every round, by name.
async function measure(body) {
  const made = NAMES.map(async (name) => [name, await CONTESTANTS[name](body)]);
  const calls = Object.fromEntries(await Promise.all(made));
  const times = {};
  for (const name of NAMES) {
    await timed(calls[name], body.length < 1 << 18 ? 2000 : 20); // until it is compiled
    const tries = [];
    for (let at = 0; at < 5; at += 1) tries.push(await timed(calls[name], 20));
    times[name] = Math.max(1, Math.floor(ROUND / Math.min(...tries)));
  }
  const rounds = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < (body.length < 1 << 18 ? ROUNDS : ROUNDS / 6); round += 1) {
    for (const name of shuffled(NAMES)) rounds[name].push(await timed(calls[name], times[name]));
  }
  return rounds;
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
}

function ratio(rounds, name, other = FLOOR) {
  return median(rounds[name].map((time, round) => time / rounds[other][round]));
}

// Milliseconds that it takes in a new process: the best of many is the least disturbed. What `import`
// takes above that is Node's own.
function loadTime() {
  const script =
    'const start = performance.now(); require("hookseal"); console.log(performance.now() - start)';
  const times = Array.from({ length: 25 }, () =>
    Number(execFileSync(process.execPath, ["-e", script], { cwd: import.meta.dirname })),
  );
  return Math.min(...times);
}

async function table() {
  console.log(`| body | ${NAMES.join(" | ")} |`);
  console.log(`| --- |${" ---: |".repeat(NAMES.length)}`);
  const found = {};
  for (const [label, size] of Object.entries(SIZES)) {
    const rounds = await measure(bodyOf(size));
    found[label] = Object.fromEntries(OTHER_NAMES.map((name) => [name, ratio(rounds, name)]));
    found[label].peer = ratio(rounds, "`standardwebhooks`", "standard-webhooks");
    const cells = NAMES.map((name) => {
      const time = Math.round(median(rounds[name])).toLocaleString("en");
      return name === FLOOR ? time : `${time} (${found[label][name].toFixed(2)})`;
    });
    console.log(`| ${label} | ${cells.join(" | ")} |`);
  }
  return found;
}

async function main() {
  console.log(
    `Node ${process.version}, load ${loadavg()[0].toFixed(1)}; nanoseconds a call, medians of`,
  );
  console.log(
    `${ROUNDS} interleaved rounds, and (the ratio to \`createHmac\` with \`timingSafeEqual\`).\n`,
  );
  const found = await table();
  const toLoad = loadTime();
  const size = statSync(
    fileURLToPath(new URL("../hookseal.linux-x64-gnu.node", import.meta.url)),
  ).size;
  const rows = Object.keys(SECRETS);
  const at1KiB = Math.max(...rows.map((row) => found["1 KiB"][row]));
  const worst = Math.max(...Object.values(found).flatMap((size) => rows.map((row) => size[row])));
  const { peer } = found["1 KiB"];
  const budgets = [
    [`at 1 KiB ${at1KiB.toFixed(2)} of the floor, budget ${BUDGET_1_KIB}`, at1KiB <= BUDGET_1_KIB],
    [`at any size ${worst.toFixed(2)} of the floor, budget ${BUDGET}`, worst <= BUDGET],
    [
      `at 1 KiB ${peer.toFixed(1)} times as fast as standardwebhooks, budget ${BUDGET_STANDARD_WEBHOOKS}`,
      peer >= BUDGET_STANDARD_WEBHOOKS,
    ],
    [`to load it takes ${toLoad.toFixed(1)} ms, budget ${BUDGET_LOAD}`, toLoad <= BUDGET_LOAD],
    [`the addon has ${(size / 1e6).toFixed(2)} MB, budget 2.5`, size <= 2.5e6],
  ];
  console.log();
  for (const [budget, isKept] of budgets) console.log(`${isKept ? "kept" : "BROKEN"}: ${budget}`);
  if (process.argv.includes("--check") && !budgets.every(([, isKept]) => isKept))
    process.exitCode = 1;
}

await main();
