"use strict";

// The whole of it: claim, run, complete or release.

const { setTimeout: wait } = require("node:timers/promises");

const { outcome } = require("../receive/outcome.cjs");
const { StoreError } = require("../receive/store-errors.cjs");

// What was done is noted again after so many milliseconds, where the store did not take it.
const PAUSES = [50, 200, 800];

// Of deliveries that are being handled.
const runs = new WeakMap();

async function settled(delivery, { claim, handler, isFailed = () => false, told }) {
  const claimed = await reported(claim, told);
  if (claimed.outcome !== "run") return refused(claimed, told);
  runs.set(delivery, claimed);
  let value;
  try {
    value = await handler(delivery);
  } catch (error) {
    await released(claimed, told, error);
    throw error;
  }
  if (isFailed(value)) {
    await released(claimed, told);
    return Object.freeze({ outcome: "failed", value });
  }
  await completed(claimed, told);
  return Object.freeze({ outcome: "run", value });
}

async function reported(call, told) {
  try {
    return await call();
  } catch (error) {
    if (error instanceof StoreError) told(error.code, error.cause);
    throw error;
  }
}

const CODES = { done: () => "already_handled", busy: () => "being_handled", conflict };

function conflict({ isDone }) {
  return isDone ? "conflict_after_done" : "conflict";
}

// The answer to a delivery that is not run.
function refused(claimed, told) {
  const { code, status } = outcome(CODES[claimed.outcome](claimed));
  told(code);
  const { retryAfter } = claimed;
  const headers = Object.freeze(retryAfter === undefined ? {} : { "retry-after": `${retryAfter}` });
  return Object.freeze({ ...claimed, code, status, headers });
}

// So that the next retry runs it again. Where that cannot be noted, the lease ends by itself.
async function released(run, told, error) {
  told("handler_failed", error);
  await reported(run.release, told).catch(() => undefined);
}

// It is done, whatever the store says: to have it sent again would do it twice.
async function completed(run, told) {
  for (const pause of PAUSES) {
    try {
      if (!(await run.complete())) told("lease_lost");
      return;
    } catch {
      await wait(pause);
    }
  }
  const isOurs = await reported(run.complete, told).catch(() => true);
  if (!isOurs) told("lease_lost");
}

function runOf(delivery) {
  return runs.get(delivery);
}

module.exports = { completed, conflict, reported, refused, runOf, settled };
