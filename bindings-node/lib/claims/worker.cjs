"use strict";

// Runs what is in an inbox.

const { setTimeout: wait } = require("node:timers/promises");

const { kind } = require("../errors.cjs");
const { StoreError } = require("../receive/store-errors.cjs");
const { completed } = require("./handle.cjs");
const { Inbox } = require("./inbox.cjs");
const { callback, whole } = require("./options.cjs");
const { report } = require("./report.cjs");

const TRIES = 10;
// Between two looks into an empty inbox, in seconds; after trouble with the store, in milliseconds.
const EVERY = 1;
const TROUBLE = 5000;

// Between two times at which what need not be known is deleted, in milliseconds.
const ROUND = 60_000;

const OPTIONS = { tries: whole, every: seconds, backOff: callback, onOutcome: callback, signal };

class InboxWorker {
  #inbox;
  #handler;
  #options;
  #stopping = new AbortController();
  #running;
  #sweptAt = 0;

  constructor(inbox, handler, options = {}) {
    if (!(inbox instanceof Inbox)) {
      throw new TypeError(`a worker has an inbox of hookseal, and this is ${kind(inbox)}`);
    }
    this.#inbox = inbox;
    this.#handler = callback(handler, "the handler");
    this.#options = { tries: TRIES, every: EVERY, backOff, ...read(options) };
    this.#options.signal?.addEventListener("abort", () => void this.stop(), { once: true });
    if (this.#options.signal?.aborted) this.#stopping.abort();
  }

  // Runs until it is stopped. What is being run is finished before.
  run() {
    this.#running ??= this.#loop();
    return this.#running;
  }

  async stop() {
    this.#stopping.abort();
    await this.#running;
  }

  // Runs one entry: whether there was one.
  async runOnce() {
    const entry = await this.#inbox.take();
    if (entry !== undefined) await this.#taken(entry);
    return entry !== undefined;
  }

  async #taken(entry) {
    // What has ended every worker that ran it.
    if (entry.tries > this.#options.tries) return this.#failed(entry);
    try {
      await this.#handler(entry);
    } catch (error) {
      return this.#failed(entry, error);
    }
    const told = (code, error) => this.#report(code, entry, error);
    await completed({ complete: () => entry.finish() }, told);
  }

  async #loop() {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const pause = await this.#step();
      if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  // Gives for how long to wait then.
  async #step() {
    try {
      if (await this.runOnce()) return 0;
      await this.#swept();
      return this.#options.every * 1000;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#report(error.code, { scheme: "the inbox" }, error.cause);
      return TROUBLE;
    }
  }

  async #failed(entry, error) {
    const isLast = entry.tries >= this.#options.tries;
    const after = isLast ? undefined : this.#options.backOff(entry.tries);
    this.#report("handler_failed", entry, error);
    if (this.#options.onOutcome === undefined) {
      console.error("hookseal: a delivery of the inbox could not be handled", error);
    }
    if (!(await entry.fail(error, after))) this.#report("lease_lost", entry);
  }

  async #swept() {
    if (Date.now() - this.#sweptAt < ROUND) return;
    this.#sweptAt = Date.now();
    await this.#inbox.forget();
  }

  #report(code, entry, error) {
    report(this.#options.onOutcome, code, entry, error);
  }
}

// 2, 4, 8, … seconds, at most an hour, of which chance takes up to a half: so that those which
// failed together are not run together again.
function backOff(tries) {
  return Math.min(2 ** tries, 3600) * (1 - Math.random() / 2);
}

function read(options) {
  const known = {};
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(OPTIONS, name)) {
      throw new TypeError(`there is no option ${JSON.stringify(name)}`);
    }
    if (value !== undefined) known[name] = OPTIONS[name](value, name);
  }
  return known;
}

function seconds(value, name) {
  if (typeof value === "number" && value > 0 && value <= 3600) return value;
  throw new RangeError(`${name} is a number of seconds up to 3600`);
}

function signal(value, name) {
  if (value instanceof AbortSignal) return value;
  throw new TypeError(`${name} is an AbortSignal, and this is ${kind(value)}`);
}

module.exports = { InboxWorker, backOff };
