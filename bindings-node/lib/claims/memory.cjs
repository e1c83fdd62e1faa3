"use strict";

const { StoreFullError } = require("../receive/store-errors.cjs");
const { Claims } = require("./claims.cjs");
const { callback, whole } = require("./options.cjs");
const { busy } = require("./steps.cjs");

const CAP = 100_000;

class MemoryClaims extends Claims {
  constructor(options) {
    super((read) => new MemoryStore(read), options, { cap: whole, now: callback });
  }
}

class MemoryStore {
  #cap;
  #now;
  #held = new Map(); // by the end of what is kept, the nearest first

  constructor({ cap = CAP, now }) {
    this.#cap = cap;
    this.#now = now === undefined ? Date.now : () => milliseconds(now());
  }

  async setup() {}

  async claim({ key, digest }, { lease, keep }) {
    const now = this.#now();
    const name = nameOf(key);
    const held = this.#known(name, now);
    const outcome = held === undefined ? undefined : seen(held, digest, now);
    if (outcome !== undefined) return outcome;
    this.#forget(now);
    const isKnown = this.#held.has(name);
    if (!isKnown && this.#held.size >= this.#cap) throw new StoreFullError();
    const fence = Math.max(now, (this.#held.get(name)?.fence ?? 0) + 1);
    this.#put(name, {
      digest,
      fence,
      isDone: false,
      leaseUntil: now + lease,
      keepUntil: now + keep,
    });
    return { outcome: "run", fence };
  }

  async complete(key, fence, keep) {
    return this.#settle(key, fence, (now) => ({ isDone: true, keepUntil: now + keep }));
  }

  async extend(key, fence, lease) {
    return this.#settle(key, fence, (now) => ({ leaseUntil: now + lease }));
  }

  async release(key, fence) {
    return this.#settle(key, fence, (now) => ({ leaseUntil: now }));
  }

  async forget(most) {
    return this.#forget(this.#now(), most);
  }

  #known(name, now) {
    const held = this.#held.get(name);
    return held !== undefined && held.keepUntil > now ? held : undefined;
  }

  #settle(key, fence, changes) {
    const name = nameOf(key);
    const held = this.#held.get(name);
    if (held === undefined || held.fence !== fence || held.isDone) return false;
    const changed = { ...held, ...changes(this.#now()) };
    if (changed.keepUntil === held.keepUntil) this.#held.set(name, changed);
    else this.#put(name, changed);
    return true;
  }

  // At the end: `keep` is the same for all.
  #put(name, held) {
    this.#held.delete(name);
    this.#held.set(name, held);
  }

  #forget(now, most = Infinity) {
    let count = 0;
    for (const [name, { keepUntil }] of this.#held) {
      if (keepUntil > now || count >= most) break;
      this.#held.delete(name);
      count += 1;
    }
    return count;
  }
}

function seen({ digest: before, isDone, leaseUntil }, digest, now) {
  const isSame = digest === null || before === null || digest.equals(before);
  if (!isSame) return { outcome: "conflict", isDone };
  if (isDone) return { outcome: "done" };
  return leaseUntil > now ? busy(leaseUntil - now) : undefined;
}

function nameOf(key) {
  return key.toString("latin1");
}

// Of what a clock gives: a Date, or seconds.
function milliseconds(now) {
  const time = now instanceof Date ? now.getTime() : now * 1000;
  if (!Number.isFinite(time)) throw new TypeError("now gives no moment in time");
  return Math.floor(time);
}

module.exports = { MemoryClaims };
