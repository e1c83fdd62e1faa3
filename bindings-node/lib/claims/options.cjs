"use strict";

// What claims and inboxes have in common: whose keys, for how long, and who is told.

const { Buffer } = require("node:buffer");

const { kind } = require("../errors.cjs");

const LEASE = 60;
const KEEP = 7 * 24 * 60 * 60;

// Ten years: what is longer was meant to be milliseconds.
const MOST = 10 * 365 * 24 * 60 * 60;

function optionsOf(options = {}, more = {}) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`options are an object, and this is ${kind(options)}`);
  }
  const known = { scope, lease: seconds, keep: seconds, onOutcome: callback, ...more };
  const read = { scope: "", lease: LEASE, keep: KEEP };
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`there is no option ${JSON.stringify(name)}`);
    }
    if (value !== undefined) read[name] = known[name](value, name);
  }
  if (read.lease >= read.keep) throw new RangeError("a lease is shorter than keep");
  return Object.freeze(read);
}

function scope(value) {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  throw new TypeError(`a scope is text or bytes, and this is ${kind(value)}`);
}

function seconds(value, name) {
  return whole(value, name, MOST, " of seconds");
}

function whole(value, name, most = Number.MAX_SAFE_INTEGER, of = "") {
  if (typeof value !== "number") {
    throw new TypeError(`${name} is a whole number${of}, and this is ${kind(value)}`);
  }
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new RangeError(`${name} is a whole number${of} from 1 to ${most}`);
}

function callback(value, name) {
  if (typeof value === "function") return value;
  throw new TypeError(`${name} is a function, and this is ${kind(value)}`);
}

function flag(value, name) {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${name} is true or false, and this is ${kind(value)}`);
}

module.exports = { callback, flag, optionsOf, whole };
