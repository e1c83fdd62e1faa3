"use strict";

const { Buffer } = require("./platform.cjs");

const { copied } = require("./body.cjs");
const { Delivery, VERIFIED } = require("./delivery.cjs");
const { kind, native, refused } = require("./errors.cjs");
const { ALL } = require("./headers.cjs");
const { memory } = require("./memory.cjs");
const core = require("./native.cjs");
const { arrived, judge, optional, packed } = require("./request.cjs");
const { inside, inspect, rowOf, schemeOf } = require("./scheme.cjs");

let answers;
let windowOf;

class Verifier {
  #scheme;
  #setup;
  #by;

  static {
    // For how many seconds a delivery is fresh; undefined: a time does not tell.
    windowOf = (verifier) => verifier.#by.native.windowLength() ?? undefined;
    // For a handshake: who answers, and for which row.
    answers = (it) => (isObject(it) && #by in it ? it.#by.native : rowOf(it).row);
  }

  constructor(provider, secret, options) {
    this.#scheme = schemeOf(provider);
    const scheme = inside(this.#scheme);
    this.#setup = setup(scheme.row, secret, options);
    const made = native(() => this.#setup.verifier());
    this.#by = { native: made, verify: made.verify(memory), scheme };
  }

  get scheme() {
    return this.#scheme;
  }

  verify(request) {
    const by = this.#by;
    const made = arrived(request, by.scheme.wanted);
    const verdict = judge(by, made);
    if (typeof verdict === "string") throw refused(verdict);
    return new Delivery(VERIFIED, by, made, verdict);
  }

  sign(request) {
    return signed(this.#setup, request);
  }

  explain(request) {
    return explained(this.#setup, request);
  }

  [inspect]() {
    return `Verifier of ${JSON.stringify(this.scheme.name)}`;
  }
}

function setup(row, secret, options) {
  return new core.Setup(row, secretsOf(secret), limits(options));
}

function secretsOf(secret) {
  return Array.isArray(secret) ? Array.from(secret, secretBytes) : [secretBytes(secret)];
}

function secretBytes(secret) {
  if (typeof secret === "string") return Buffer.from(secret, "utf8");
  if (secret instanceof Uint8Array) return copied(secret);
  const unset = secret === undefined ? ": is the environment variable set?" : "";
  throw new TypeError(
    `a secret is text or bytes, or an array of them, and this is ${kind(secret)}${unset}`,
  );
}

const LIMITS = {
  tolerance: whole,
  futureTolerance: whole,
  bodyLimit: whole,
  dangerWeakSecret: flag,
  dangerAnyTime: flag,
};

function limits(options = {}) {
  if (!isObject(options))
    throw new TypeError(`options are an object, and this is ${kind(options)}`);
  const checked = { dangerWeakSecret: false, dangerAnyTime: false };
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(LIMITS, name))
      throw new TypeError(`there is no option ${JSON.stringify(name)}`);
    const value = options[name];
    if (value !== undefined) checked[name] = LIMITS[name](value, name);
  }
  return checked;
}

function whole(number, name) {
  if (Number.isInteger(number) && number >= 0 && number < 2 ** 32) return number;
  throw new TypeError(`${name} is a whole number from 0 to 4,294,967,295`);
}

function flag(value, name) {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${name} is true or false, and this is ${kind(value)}`);
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}

function signed(from, request) {
  const eventId = optional(request?.eventId, "eventId");
  const made = arrived(request, ALL, []);
  const [signature, ...lines] = native(() => from.sign(packed(made), eventId));
  return Object.freeze({ headers: named(lines), signature });
}

// What is added to a request so that it verifies, and the whole of it as JSON. A signature that is no
// header is `elsewhere`.
function signWhole(provider, secret, request, options) {
  const from = setup(rowOf(provider).row, secret, options);
  const eventId = optional(request.eventId, "eventId");
  const made = arrived(request, ALL, []);
  const [lines, elsewhere, whole] = native(() => from.signOutgoing(packed(made), eventId));
  return { headers: named(lines), elsewhere: elsewhere ?? undefined, whole };
}

// Name and value in turn, as an object.
function named(lines) {
  const headers = {};
  for (let at = 0; at < lines.length; at += 2) headers[lines[at]] = lines[at + 1];
  return headers;
}

function explained(from, request) {
  const framework = optional(request?.framework, "framework");
  if (framework !== undefined && !core.frameworks().includes(framework)) {
    throw new TypeError("there is no framework of this name");
  }
  const others = secretsOf(request?.otherSecrets ?? []);
  const shown = SHOWN.map((name) => flag(request?.[name] ?? false, name));
  const made = arrived(request, ALL);
  const told = native(() => from.explain(packed(made), others, framework, shown));
  const [json, report, expected] = told;
  // Out of sight of what shows or keeps an object.
  const found = Object.defineProperty(JSON.parse(json), "expected", {
    value: expected ?? undefined,
  });
  return frozen(Object.assign(found, { report }));
}

const SHOWN = ["showContent", "showColours", "dangerShowExpected"];

function frozen(value) {
  if (isObject(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

function verify(provider, secret, request, options) {
  return new Verifier(provider, secret, options).verify(request);
}

function sign(provider, secret, request, options) {
  return signed(setup(rowOf(provider).row, secret, options), request);
}

// Not with a Verifier: a secret that cannot be used is explained too.
function explain(provider, secret, request, options) {
  return explained(setup(rowOf(provider).row, secret, options), request);
}

module.exports = { Verifier, answers, explain, named, sign, signWhole, verify, windowOf };
