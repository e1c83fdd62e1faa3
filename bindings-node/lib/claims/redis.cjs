"use strict";

const { Buffer } = require("node:buffer");

const { kind } = require("../errors.cjs");
const { Claims } = require("./claims.cjs");
const { RedisClient } = require("./redis-client.cjs");
const { busy } = require("./steps.cjs");

const PREFIX = "hookseal:";

class RedisClaims extends Claims {
  constructor(client, options) {
    super(({ prefix = PREFIX }) => new RedisStore(new RedisClient(client), prefix), options, {
      prefix: text,
    });
  }
}

class RedisStore {
  #client;
  #prefix;

  constructor(client, prefix) {
    this.#client = client;
    this.#prefix = Buffer.from(prefix);
  }

  async setup() {}

  async claim({ key, digest }, { lease, keep }) {
    const given = [digest ?? Buffer.alloc(0), lease, keep];
    const [outcome, value] = await this.#ask("claim", key, ...given);
    return OUTCOMES[outcome](Number(value));
  }

  complete(key, fence, keep) {
    return this.#isOurs(key, fence, "complete", keep);
  }

  extend(key, fence, lease) {
    return this.#isOurs(key, fence, "extend", lease);
  }

  release(key, fence) {
    return this.#isOurs(key, fence, "release", 0);
  }

  // Redis forgets by itself.
  async forget() {
    return 0;
  }

  async #isOurs(key, ...given) {
    return Number(await this.#ask("settle", key, ...given)) === 1;
  }

  #ask(name, key, ...given) {
    return this.#client.ask(name, Buffer.concat([this.#prefix, key]), ...given);
  }
}

const OUTCOMES = {
  run: (fence) => ({ outcome: "run", fence }),
  done: () => ({ outcome: "done" }),
  busy,
  conflict: (isDone) => ({ outcome: "conflict", isDone: isDone === 1 }),
};

function text(value, name) {
  if (typeof value === "string") return value;
  throw new TypeError(`${name} is a string, and this is ${kind(value)}`);
}

module.exports = { RedisClaims };
