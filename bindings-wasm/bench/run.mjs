// What a verification costs in WebAssembly: beside `crypto.subtle.verify` over the same body, and
// beside the package `standardwebhooks`.
//
// Everybody runs a little in every round, in turn, and who begins changes; a figure is the median of
// the rounds, a ratio the median of the ratios inside the rounds. So other work on the machine hits
// all alike.
//
//     node bench/run.mjs

import { loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

import { Verifier, sign } from "hookseal-wasm";
import { Webhook } from "standardwebhooks";

const ROUNDS = 201;
const ROUND = 400_000; // nanoseconds a round for each, at least one call
const SIZES = {
  "256 B": 256,
  "1 KiB": 1 << 10,
  "16 KiB": 16 << 10,
  "128 KiB": 128 << 10,
  "1 MiB": 1 << 20,
};
const LARGE = 1 << 17;
const ROW = "standard-webhooks";
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function bodyOf(size) {
  const head = '{"id":"evt_1","type":"invoice.paid","data":"';
  return new TextEncoder().encode(`${head.padEnd(size - 2, "x")}"}`);
}

async function webCrypto(body) {
  const bytes = Uint8Array.from(atob(SECRET.slice("whsec_".length)), (it) => it.charCodeAt(0));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
  const tag = await crypto.subtle.sign("HMAC", key, body);
  return async () => {
    if (!(await crypto.subtle.verify("HMAC", key, tag, body))) throw new Error();
  };
}

function ours(body) {
  const verifier = new Verifier(ROW, SECRET);
  const { headers } = sign(ROW, SECRET, { body, eventId: "msg_1" });
  return () => verifier.verify({ body, headers });
}

// It takes text, and a Buffer where there is one.
function peer(body) {
  const webhook = new Webhook(SECRET);
  const { headers } = sign(ROW, SECRET, { body, eventId: "msg_1" });
  const text = new TextDecoder().decode(body);
  return () => webhook.verify(text, headers);
}

const CONTESTANTS = {
  "`crypto.subtle.verify`": webCrypto,
  "hookseal-wasm": ours,
  "`standardwebhooks`": peer,
};
const NAMES = Object.keys(CONTESTANTS);
const [FLOOR] = NAMES;

// Nanoseconds a call.
async function timed(call, times) {
  const isAsync = call.constructor.name === "AsyncFunction";
  const start = process.hrtime.bigint();
  if (isAsync) for (let at = 0; at < times; at += 1) await call();
  else for (let at = 0; at < times; at += 1) call();
  return Number(process.hrtime.bigint() - start) / times;
}

// Nanoseconds of every round, by name.
async function measure(body) {
  const calls = {};
  const times = {};
  for (const name of NAMES) {
    calls[name] = await CONTESTANTS[name](body);
    await timed(calls[name], body.length < LARGE ? 1000 : 10); // until it is compiled
    const tries = [];
    for (let at = 0; at < 5; at += 1) tries.push(await timed(calls[name], 10));
    times[name] = Math.max(1, Math.floor(ROUND / Math.min(...tries)));
  }
  const rounds = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < (body.length < LARGE ? ROUNDS : ROUNDS / 5); round += 1) {
    for (let at = 0; at < NAMES.length; at += 1) {
      const name = NAMES[(at + round) % NAMES.length];
      rounds[name].push(await timed(calls[name], times[name]));
    }
  }
  return rounds;
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
}

function cell(rounds, name) {
  const time = Math.round(median(rounds[name])).toLocaleString("en");
  if (name === FLOOR) return time;
  const ratio = median(rounds[name].map((it, round) => it / rounds[FLOOR][round]));
  return `${time} (${ratio.toFixed(2)})`;
}

function sizes() {
  for (const name of ["hookseal.wasm", "all.wasm"]) {
    const bytes = readFileSync(new URL(`../dist/${name}`, import.meta.url));
    const packed = gzipSync(bytes, { level: 9 }).length;
    console.log(`${name}: ${bytes.length} bytes, ${packed} packed by gzip`);
  }
}

console.log(`Node ${process.version}, load ${loadavg()[0].toFixed(1)}; nanoseconds a call, medians`);
console.log(`of ${ROUNDS} interleaved rounds, and (the ratio to ${FLOOR}).\n`);
console.log(`| body | ${NAMES.join(" | ")} |`);
console.log(`| --- |${" ---: |".repeat(NAMES.length)}`);
for (const [label, size] of Object.entries(SIZES)) {
  const rounds = await measure(bodyOf(size));
  console.log(`| ${label} | ${NAMES.map((name) => cell(rounds, name)).join(" | ")} |`);
}
console.log();
sizes();
