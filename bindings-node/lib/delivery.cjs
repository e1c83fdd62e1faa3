"use strict";

// A verified delivery. What is not asked for is not computed.

const { Buffer } = require("./platform.cjs");

const { copied } = require("./body.cjs");
const { BodyUnsignedError, kind, native } = require("./errors.cjs");
const { Kept } = require("./kept.cjs");
const { judge, packed } = require("./request.cjs");
const { inspect } = require("./scheme.cjs");

// Marks what a verifier makes.
const VERIFIED = Symbol("verified");

// Made when it is needed first: that takes longer than all else here.
let utf8;

let insideOf;

class Delivery {
  #by; // the native halves of the verifier, and what is inside of the scheme
  #request; // what was verified, without the body
  #verdict; // see the function of the native half
  #kept;
  #body;
  #told;

  static {
    // What is inside of its scheme; `undefined` of what no verifier has made.
    insideOf = (it) => (Object(it) === it && #by in it ? it.#by.scheme : undefined);
  }

  constructor(mark, by, arrived, verdict) {
    if (mark !== VERIFIED) throw new TypeError("a Delivery is made by verify alone");
    this.#by = by;
    this.#verdict = verdict;
    this.#kept = new Kept(arrived, by.scheme.bound.body === "whole");
    arrived.body = arrived.copy = undefined;
    this.#request = arrived;
  }

  get body() {
    this.#needsSigned();
    return this.dangerUnsignedBody;
  }

  get dangerUnsignedBody() {
    this.#body ??= copied(this.#bytes());
    return this.#body;
  }

  json() {
    this.#needsSigned();
    utf8 ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return JSON.parse(utf8.decode(this.#bytes()));
  }

  get eventId() {
    return this.#tell()[0] ?? undefined;
  }

  get eventType() {
    return this.#tell()[1] ?? undefined;
  }

  get sentAt() {
    const isTimeless = (this.#verdict & 4) !== 0;
    return isTimeless ? undefined : new Date(Math.floor(this.#verdict / 8));
  }

  get secretIndex() {
    return this.#verdict & 3;
  }

  get bound() {
    return this.#by.scheme.bound;
  }

  get scheme() {
    return this.#by.scheme.name;
  }

  replayKey(scope = "") {
    const bytes = typeof scope === "string" ? Buffer.from(scope, "utf8") : scope;
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError(`a scope is text or bytes, and this is ${kind(scope)}`);
    }
    const [, , key] = native(() => this.#by.native.tell(this.#arrived(), bytes));
    return Buffer.from(key);
  }

  #tell() {
    this.#told ??= native(() => this.#by.native.tell(this.#arrived()));
    return this.#told;
  }

  #arrived() {
    return packed({ ...this.#request, body: this.#bytes() });
  }

  #bytes() {
    return this.#kept.bytes((body) => this.#isGenuine(body));
  }

  #isGenuine(body) {
    return judge(this.#by, { ...this.#request, body }) === this.#verdict;
  }

  #needsSigned() {
    if (this.#by.scheme.bound.body === "whole") return;
    const [[code, , message]] = this.#by.scheme.row.lint();
    throw new BodyUnsignedError(code, message);
  }

  [inspect]() {
    return `Delivery of ${JSON.stringify(this.scheme)}`;
  }
}

module.exports = { Delivery, VERIFIED, insideOf };
