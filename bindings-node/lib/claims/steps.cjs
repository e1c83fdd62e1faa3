"use strict";

// What is asked of an SQL store, and what its answers mean. The steps are generators, which give the
// name of a text and its values and are given `{ rows, count }`: so the same ones serve a client that
// answers at once and one that promises to.

const { StoreUnavailableError } = require("../receive/store-errors.cjs");

const AGAIN = 3;

// A claim by the text `claim`, and, where that gives no fence, by `look`.
function* claiming({ key, digest }, { lease, keep }, isDone = false) {
  for (let tries = 0; tries <= AGAIN; tries += 1) {
    const held = yield ["claim", { key, digest, is_done: isDone, lease, keep }];
    if (held.rows.length > 0) return { outcome: "run", fence: Number(held.rows[0].fence) };
    const found = yield ["look", { key, digest }];
    const outcome = seen(found.rows[0]);
    if (outcome !== undefined) return outcome;
  }
  return busy(0);
}

// Nothing, where the run is free by now.
function seen(row) {
  if (row === undefined || isTrue(row.is_forgotten)) return undefined;
  if (!isTrue(row.is_same)) return { outcome: "conflict", isDone: isTrue(row.is_done) };
  if (isTrue(row.is_done)) return { outcome: "done" };
  const left = Number(row.lease_left);
  return left > 0 ? busy(left) : undefined;
}

// SQLite has no truth of its own.
function isTrue(value) {
  return value === true || Number(value) === 1;
}

function busy(milliseconds) {
  return { outcome: "busy", retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) };
}

// A delivery into the inbox.
function* putting(values) {
  for (let tries = 0; tries <= AGAIN; tries += 1) {
    const put = yield ["inbox-put", values];
    if (put.rows.length > 0) return { outcome: "stored" };
    const { rows } = yield ["inbox-look", { key: values.key, digest: values.digest }];
    if (rows.length === 0) continue;
    const [{ state, is_same: isSame }] = rows;
    if (!isTrue(isSame)) return { outcome: "conflict", isDone: state === "done" };
    return { outcome: "known", state };
  }
  // It was neither stored nor there: nobody may be told that it was taken.
  throw new StoreUnavailableError();
}

// One step, of which the count tells.
function* counting(name, values) {
  const { count } = yield [name, values];
  return count;
}

function* listing(name, values) {
  const { rows } = yield [name, values];
  return rows;
}

async function run(steps, query) {
  let step = steps.next();
  while (!step.done) step = steps.next(await query(...step.value));
  return step.value;
}

function runNow(steps, query) {
  let step = steps.next();
  while (!step.done) step = steps.next(query(...step.value));
  return step.value;
}

module.exports = { busy, claiming, counting, listing, putting, run, runNow };
