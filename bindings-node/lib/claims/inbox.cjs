"use strict";

// Deliveries that are stored first, and run later: what is the same for every database.

const { Buffer } = require("node:buffer");

const { BodyUnsignedError } = require("../errors.cjs");
const { inspect } = require("../scheme.cjs");
const { outcome } = require("../receive/outcome.cjs");
const { conflict, reported } = require("./handle.cjs");
const { identityOf } = require("./identity.cjs");
const { flag, optionsOf } = require("./options.cjs");
const { Entry } = require("./entry.cjs");
const { report } = require("./report.cjs");
const { counting, listing, putting, run } = require("./steps.cjs");

const LISTED = 100;
const STATES = ["waiting", "failed", "done"];

class Inbox {
  #client;
  #options;
  #warned = new Set();

  constructor(client, options) {
    this.#options = optionsOf(options, { dangerUnsignedBody: flag });
    this.#client = client;
  }

  get lease() {
    return this.#options.lease;
  }

  get keep() {
    return this.#options.keep;
  }

  async setup() {
    await this.#client.setup("inbox-schema");
    return this;
  }

  async put(delivery) {
    return this.#put(delivery, this.#options.onOutcome);
  }

  // Stores a delivery, and gives the answer to it. The options are a receiver's.
  async receive(delivery, { onOutcome = this.#options.onOutcome } = {}) {
    const told = (code, error) => report(onOutcome, code, delivery, error);
    const put = await reported(() => this.#put(delivery, onOutcome), told);
    const code = codeOf(put);
    if (code !== undefined) told(code);
    const status = code === undefined ? 200 : outcome(code).status;
    return Object.freeze({ ...put, code, status, headers: Object.freeze({}) });
  }

  async take() {
    const lease = this.#options.lease * 1000;
    const [row] = await this.#run(listing("inbox-take", { lease }));
    return row === undefined
      ? undefined
      : new Entry(row, (name, given) => this.#settle(name, given));
  }

  async list(state, most = LISTED) {
    if (!STATES.includes(state)) throw new TypeError(`a state is one of ${STATES.join(", ")}`);
    const rows = await this.#run(listing("inbox-list", { state, most }));
    return rows.map(listed);
  }

  async failed(most) {
    return this.list("failed", most);
  }

  async again(key) {
    return (await this.#run(counting("inbox-again", { key: bytesOf(key) }))) > 0;
  }

  async forget(most = 1000) {
    return this.#run(counting("inbox-forget", { most }));
  }

  async #put(delivery, onOutcome) {
    const { key, digest, isBound, scheme } = identityOf(delivery, this.#options.scope);
    this.#check(scheme);
    if (!isBound && !this.#warned.has(scheme.name)) {
      this.#warned.add(scheme.name);
      report(onOutcome, "nothing_bound", delivery);
    }
    const values = {
      key,
      digest,
      scheme: scheme.name,
      event_id: delivery.eventId ?? null,
      event_type: delivery.eventType ?? null,
      sent_at: delivery.sentAt?.getTime() ?? null,
      body: delivery.dangerUnsignedBody,
      keep: this.#options.keep * 1000,
    };
    return Object.freeze(await this.#run(putting(values)));
  }

  // Out of the inbox, nobody sees any more which part of a body was signed.
  #check({ bound, row }) {
    if (bound.body === "whole" || this.#options.dangerUnsignedBody) return;
    const [[code, , message]] = row.lint();
    throw new BodyUnsignedError(code, message);
  }

  // Gives whether it was still ours.
  async #settle(name, given) {
    const { lease, keep } = this.#options;
    const values = { lease: lease * 1000, keep: keep * 1000, ...given };
    return (await this.#run(counting(name, values))) > 0;
  }

  #run(steps) {
    return run(steps, this.#client.query);
  }

  [inspect]() {
    return `${this.constructor.name} { lease: ${this.lease}, keep: ${this.keep} }`;
  }
}

function codeOf(put) {
  if (put.outcome === "stored") return undefined;
  return put.outcome === "known" ? "already_handled" : conflict(put);
}

// A row without its body.
function listed(row) {
  const { key, scheme, event_id: eventId, event_type: eventType, sent_at: sentAt } = row;
  return Object.freeze({
    key: Buffer.from(key),
    scheme,
    eventId: eventId ?? undefined,
    eventType: eventType ?? undefined,
    sentAt: sentAt === null ? undefined : new Date(Number(sentAt)),
    receivedAt: new Date(Number(row.received_at)),
    tries: Number(row.tries),
    trouble: row.trouble ?? undefined,
  });
}

function bytesOf(key) {
  const bytes = typeof key === "string" ? Buffer.from(key, "hex") : key;
  if (bytes instanceof Uint8Array && bytes.length === 32) return Buffer.from(bytes);
  throw new TypeError("a key is 32 bytes, or these in hex");
}

module.exports = { Inbox, listed };
