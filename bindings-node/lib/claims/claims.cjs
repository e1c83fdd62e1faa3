"use strict";

// Handled once: what is the same for every store.

const { report } = require("./report.cjs");
const { identityOf } = require("./identity.cjs");
const { optionsOf } = require("./options.cjs");
const { settled } = require("./handle.cjs");
const { inspect } = require("../scheme.cjs");

// After so many runs, what need not be known any longer is deleted: of twice as many.
const ROUND = 100;

let within;

class Claims {
  #store;
  #options;
  #times;
  #warned = new Set();
  #runs = 0;

  static {
    // What a claim in somebody else's transaction needs. The commit makes it done, and until then the
    // row is locked: there is no lease.
    within = (claims, delivery) => {
      const identity = claims.#identified(delivery);
      claims.#swept();
      return { identity, times: { ...claims.#times, lease: 0 } };
    };
  }

  // `store` does what each of them does in its own way; `more` reads the options that it has beside.
  constructor(store, options, more) {
    this.#options = optionsOf(options, more);
    this.#store = store(this.#options);
    const { lease, keep } = this.#options;
    this.#times = Object.freeze({ lease: lease * 1000, keep: keep * 1000 });
  }

  get lease() {
    return this.#options.lease;
  }

  get keep() {
    return this.#options.keep;
  }

  async setup() {
    await this.#store.setup();
    return this;
  }

  async forget(most = 1000) {
    return this.#store.forget(most);
  }

  async claim(delivery) {
    return this.#claim(delivery, this.#options.onOutcome);
  }

  // The options are a receiver's.
  async handle(delivery, handler, { onOutcome = this.#options.onOutcome, isFailed } = {}) {
    const told = (code, error) => report(onOutcome, code, delivery, error);
    const claim = () => this.#claim(delivery, onOutcome);
    return settled(delivery, { claim, handler, isFailed, told });
  }

  async #claim(delivery, onOutcome) {
    const identity = this.#identified(delivery, onOutcome);
    const outcome = await this.#store.claim(identity, this.#times);
    return outcome.outcome === "run"
      ? this.#run(identity.key, outcome.fence)
      : Object.freeze(outcome);
  }

  // Says once of a scheme what it cannot tell apart.
  #identified(delivery, onOutcome = this.#options.onOutcome) {
    const identity = identityOf(delivery, this.#options.scope);
    const { isBound, scheme } = identity;
    if (!isBound && !this.#warned.has(scheme.name)) {
      this.#warned.add(scheme.name);
      report(onOutcome, "nothing_bound", delivery);
    }
    return identity;
  }

  #run(key, fence) {
    const { lease, keep } = this.#times;
    return Object.freeze({
      outcome: "run",
      fence,
      complete: async () => {
        const isOurs = await this.#store.complete(key, fence, keep);
        this.#swept();
        return isOurs;
      },
      extend: async () => this.#store.extend(key, fence, lease),
      release: async () => this.#store.release(key, fence),
    });
  }

  // Nobody waits for it, and it can be done the next time.
  #swept() {
    this.#runs += 1;
    if (this.#runs % ROUND === 0) this.forget(2 * ROUND).catch(() => undefined);
  }

  [inspect]() {
    return `${this.constructor.name} { lease: ${this.lease}, keep: ${this.keep} }`;
  }
}

module.exports = { Claims, within };
