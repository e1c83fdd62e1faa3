// A worker process of the property tests. It is sent what to do, and sends what it did, with times on
// the clock that all processes of a machine share.

import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";

import { delivery } from "./deliveries.mjs";

const require = createRequire(import.meta.url);
const OURS = /[\\/]lib[\\/]claims[\\/]/;

// The package, where a text is to be wrong with that one: loaded anew.
function loaded({ family, changes = [] } = {}) {
  for (const path of Object.keys(require.cache)) if (OURS.test(path)) delete require.cache[path];
  const texts = require("../../lib/claims/texts.cjs");
  for (const [name, right, wrong] of changes) {
    if (!texts[family][name].includes(right)) throw new Error(`there is no ${right} in ${name}`);
    texts[family][name] = texts[family][name].replaceAll(right, wrong);
  }
  return require("hookseal/claims");
}

// Numbers that a seed tells: the same in every run.
let state;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

async function made({ store, at, lease, mutant }) {
  const { PostgresClaims, RedisClaims, SqliteClaims } = loaded(mutant);
  if (store === "postgres") {
    const { default: pg } = await import("pg");
    const client = new pg.Client(at);
    await client.connect();
    return [new PostgresClaims(client, { lease }), () => client.end()];
  }
  if (store === "sqlite") {
    const { sqliteDatabase } = await import("./stores.mjs");
    const database = await sqliteDatabase(at);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    return [new SqliteClaims(database, { lease }), () => database.close()];
  }
  const { default: Redis } = await import("ioredis");
  const client = new Redis(at);
  return [new RedisClaims(client, { lease }), () => client.disconnect()];
}

const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;
let claims;
let history;

async function noted(key, op, given, call) {
  const from = now();
  const found = await call();
  history.push({ key, op, ...given, from, to: now(), found: plain(found) });
  return found;
}

function plain(found) {
  if (typeof found === "boolean") return found;
  const { outcome, fence, isDone, retryAfter } = found;
  return { outcome, fence, isDone, retryAfter };
}

// Random claims, of two bodies under each id, and random steps of the runs that this worker had: of
// old ones too.
async function mixed({ ops, keys }) {
  const held = [];
  for (let count = 0; count < ops; count += 1) {
    const key = random(keys);
    const choice = random(10);
    const run = held.length > 0 ? held[random(held.length)] : undefined;
    if (run === undefined || choice < 6) {
      const body = random(8) === 0 ? 2 : 1;
      const event = delivery(`evt_${key}`, { amount: body });
      const found = await noted(key, "claim", { body }, () => claims.claim(event));
      if (found.outcome === "run") held.push({ key, run: found });
    } else {
      const op = ["complete", "release", "release", "extend"][choice - 6];
      await noted(run.key, op, { fence: run.run.fence }, () => run.run[op]());
      if (random(3) === 0) held.splice(held.indexOf(run), 1);
    }
    if (random(20) === 0) await wait(random(10));
  }
}

// Claims the same keys in the same order, which all workers start at the same time.
async function racing({ ops, seed }) {
  for (let key = 0; key < ops; key += 1) {
    const event = delivery(`race_${seed >> 16}_${key}`);
    const found = await noted(key, "claim", { body: 1 }, () => claims.claim(event));
    if (found.outcome === "run") await noted(key, "complete", {}, () => found.complete());
  }
}

// Claims, and stands still for longer than the lease.
async function stalled() {
  const run = await claims.claim(delivery("evt_stalled"));
  await new Promise((resolve) => process.send("claimed", resolve));
  process.kill(process.pid, "SIGSTOP");
  await noted("evt_stalled", "complete", { fence: run.fence }, () => run.complete());
}

// Claims what another has had.
async function takeover() {
  const event = delivery("evt_stalled");
  await noted("evt_stalled", "claim", { body: 1 }, () => claims.claim(event));
}

const MODES = { mixed, racing, stalled, takeover };

process.on("message", async (job) => {
  history = [];
  state = job.seed;
  let end;
  [claims, end] = await made(job);
  await MODES[job.mode](job);
  await end();
  process.send(history);
});
