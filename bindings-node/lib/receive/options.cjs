"use strict";

// The options of a receiver.

const { kind } = require("../errors.cjs");

const isText = (value) => typeof value === "string";
const isFunction = (value) => typeof value === "function";
const isList = (value) => isText(value) || (Array.isArray(value) && value.every(isText));

// Each with what it has to be.
const OPTIONS = {
  secretEnv: [isList, "the name of an environment variable, or an array of names"],
  url: [isText, "a string"],
  expected: [isText, "a string"],
  expectedEnv: [isText, "the name of an environment variable"],
  allowFrom: [isList, "a network, or an array of networks"],
  trustedProxies: [isCount, "a count: how many of them are your own"],
  claims: [isClaims, "one of the stores of hookseal/claims"],
  inbox: [isInbox, "one of the inboxes of hookseal/claims"],
  onOutcome: [isFunction, "a function"],
  onRefused: [isFunction, "a function"],
  now: [isFunction, "a function"],
};

// What the verifier looks into itself.
const LIMITS = ["tolerance", "futureTolerance", "bodyLimit", "dangerWeakSecret"];

function isCount(value) {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

// By their methods: those who have none of them are spared their modules.
function isClaims(value) {
  return isFunction(value?.claim) && isFunction(value.handle);
}

function isInbox(value) {
  return isFunction(value?.put) && isFunction(value.receive);
}

// The receiver's own, and those of its verifier.
function parted(options = {}) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`options are an object, and this is ${kind(options)}`);
  }
  const own = {};
  const limits = {};
  for (const [name, value] of Object.entries(options)) {
    const of = LIMITS.includes(name) ? limits : own;
    if (of === own && name !== "secret") check(name, value);
    if (value !== undefined) of[name] = value;
  }
  if ((own.secret === undefined) === (own.secretEnv === undefined)) {
    const unset = "secret" in options ? " (secret is undefined: is the variable set?)" : "";
    throw new TypeError(`give the secret either as secret or, by name, as secretEnv${unset}`);
  }
  if (own.claims !== undefined && own.inbox !== undefined) {
    throw new TypeError("give either claims or an inbox: an inbox knows itself what came before");
  }
  return [own, limits];
}

function check(name, value) {
  if (!Object.hasOwn(OPTIONS, name)) {
    throw new TypeError(`there is no option ${JSON.stringify(name)}`);
  }
  const [isGood, what] = OPTIONS[name];
  if (value !== undefined && !isGood(value)) throw new TypeError(`${name} is ${what}`);
}

module.exports = { parted };
