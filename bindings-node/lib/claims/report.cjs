"use strict";

// Who is told what became of a delivery.

const { outcome } = require("../receive/outcome.cjs");

// What somebody has to look into, where nobody is told by `onOutcome`.
const ALARMS = new Set([
  "conflict",
  "conflict_after_done",
  "lease_lost",
  "store_unavailable",
  "store_full",
  "nothing_bound",
]);

// `code`: one of the core. `error`: what the handler or the store's client has thrown.
function report(onOutcome, code, delivery, error) {
  const { message } = outcome(code);
  if (onOutcome !== undefined) {
    const { scheme, eventId } = delivery;
    const about = Object.freeze({ message, scheme, eventId, error });
    new Promise((resolve) => resolve(onOutcome(code, about))).catch((failure) => {
      console.error("hookseal: onOutcome failed", failure);
    });
  } else if (ALARMS.has(code)) {
    const by = error === undefined ? "" : ` (${nameOf(error)})`;
    console.warn(`hookseal: a delivery of ${delivery.scheme}: ${code}: ${message}${by}`);
  }
}

// The kind of an error: its text may hold what was stored.
function nameOf(error) {
  const { name, code } = Object(error);
  const words = [name, code].filter((it) => typeof it === "string" && /^[\w.-]{1,60}$/.test(it));
  return words.join(" ") || typeof error;
}

module.exports = { nameOf, report };
