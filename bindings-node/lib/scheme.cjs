"use strict";

// Schemes: rows of facts, of a provider or of your own.

const { kind, native } = require("./errors.cjs");
const { Wanted } = require("./headers.cjs");
const core = require("./native.cjs");

const inspect = Symbol.for("nodejs.util.inspect.custom");

// Of a text of 64 KiB, which is the longest that the core reads.
const MOST_ITEMS = 65_536;
const MOST_LEVELS = 8;

// Marks what is made here and not by a caller.
const OWN = Symbol("row");

let inside;

class Scheme {
  #inside;

  static {
    inside = (scheme) => (#inside in scheme ? scheme.#inside : undefined);
  }

  constructor(facts, own) {
    const row = own === OWN ? facts : readJson(jsonOf(facts, 0));
    this.#inside = factsOf(row);
  }

  static fromToml(text) {
    return new Scheme(
      native(() => core.Row.read(string(text), true)),
      OWN,
    );
  }

  static fromJson(text) {
    return new Scheme(readJson(string(text)), OWN);
  }

  get name() {
    return this.#inside.name;
  }

  get algorithm() {
    return this.#inside.algorithm;
  }

  get signed() {
    return this.#inside.signed;
  }

  get bound() {
    return this.#inside.bound;
  }

  get retry() {
    return this.#inside.retry;
  }

  get confidence() {
    return this.#inside.confidence;
  }

  get source() {
    return this.#inside.source;
  }

  toToml() {
    return this.#inside.toml;
  }

  toJSON() {
    return JSON.parse(this.#inside.json);
  }

  lint() {
    return this.#inside.row
      .lint()
      .map(([code, severity, message]) => Object.freeze({ code, severity, message }));
  }

  [inspect]() {
    return `Scheme ${JSON.stringify(this.name)}`;
  }
}

function readJson(text) {
  return native(() => core.Row.read(text, false));
}

function factsOf(row) {
  const [texts, body, [eventId, timestamp, url, method, , readsForm]] = row.facts();
  const [name, algorithm, signed, retry, confidence, source, toml, json] = texts;
  const bound = Object.freeze({ body, eventId, timestamp, url, method });
  const wanted = new Wanted(row.headerNames());
  const files = { toml, json };
  return { row, wanted, name, algorithm, signed, retry, confidence, source, bound, readsForm, ...files };
}

// As JSON, with the keys as they are in a file: `eventId` is `event_id`. What JSON does not have is
// refused; JSON.stringify would leave it out in silence.
function jsonOf(value, level) {
  const isNumber = typeof value === "number" && Number.isFinite(value);
  if (isNumber || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value !== "object" || value === null || level === MOST_LEVELS) {
    throw new TypeError(`a scheme is made of text, numbers, lists and objects, not ${kind(value)}`);
  }
  if (!Array.isArray(value)) return `{${members(value, level + 1).join(",")}}`;
  if (value.length > MOST_ITEMS) throw new TypeError("a list of the scheme is too long");
  return `[${Array.from(value, (item) => jsonOf(item, level + 1)).join(",")}]`;
}

function members(object, level) {
  const texts = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (value !== undefined) texts.push(`${JSON.stringify(name)}:${jsonOf(value, level)}`);
  }
  return texts;
}

function string(text) {
  if (typeof text === "string") return text;
  throw new TypeError(`the text of a scheme is a string, and this is ${kind(text)}`);
}

const known = new Map();

function named(name) {
  let scheme = known.get(name);
  if (scheme === undefined) {
    scheme = new Scheme(
      native(() => core.Row.named(name)),
      OWN,
    );
    known.set(scheme.name, scheme);
  }
  return scheme;
}

// The scheme of a provider's name, of a Scheme, or of an object literal.
function schemeOf(provider) {
  if (typeof provider === "string") return named(provider);
  if (typeof provider === "object" && provider !== null && !Array.isArray(provider)) {
    return inside(provider) === undefined ? new Scheme(provider) : provider;
  }
  throw new TypeError(`a provider is its name, or a Scheme, and this is ${kind(provider)}`);
}

// What is inside of it: the row, and what was read of it.
function rowOf(provider) {
  return inside(schemeOf(provider));
}

function providers() {
  return core.names().map(named);
}

module.exports = { Scheme, inspect, inside, providers, rowOf, schemeOf };
