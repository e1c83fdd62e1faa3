"use strict";

// Clients of Redis and Valkey: of ioredis, or of redis.

const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");

const { kind } = require("../errors.cjs");
const { StoreFullError, StoreUnavailableError } = require("../receive/store-errors.cjs");
const texts = require("./texts.cjs");

const hashes = Object.fromEntries(
  Object.entries(texts.redis).map(([name, text]) => {
    return [name, createHash("sha1").update(text).digest("hex")];
  }),
);

class RedisClient {
  #call;

  constructor(client) {
    this.#call = callOf(client);
  }

  // Runs a script. Redis forgets scripts when it starts anew: then it is sent whole.
  async ask(name, key, ...values) {
    const given = values.map((it) => (Buffer.isBuffer(it) ? it : `${it}`));
    try {
      return await this.#call("hash", hashes[name], key, given).catch((error) => {
        if (!/^NOSCRIPT\b/.test(error?.message)) throw error;
        return this.#call("text", texts.redis[name], key, given);
      });
    } catch (error) {
      throw isFull(error) ? new StoreFullError(error) : new StoreUnavailableError(error);
    }
  }
}

// Under `maxmemory` with `noeviction`, which is how claims are kept.
function isFull(error) {
  return /\bOOM\b|\bused memory > 'maxmemory'/.test(error?.message);
}

function callOf(client) {
  if (typeof client?.evalSha === "function" && typeof client.eval === "function") {
    return async (by, script, key, values) => {
      const given = { keys: [key], arguments: values };
      return by === "hash" ? client.evalSha(script, given) : client.eval(script, given);
    };
  }
  if (typeof client?.evalsha === "function" && typeof client.eval === "function") {
    return async (by, script, key, values) => {
      const given = [script, 1, key, ...values];
      return by === "hash" ? client.evalsha(...given) : client.eval(...given);
    };
  }
  throw new TypeError(`a client of ioredis or of redis is wanted, and this is ${kind(client)}`);
}

module.exports = { RedisClient };
