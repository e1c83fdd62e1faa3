"use strict";

// What a store of claims could not do. A receiver answers 503 by it, and the provider tries again.

const { outcome } = require("./outcome.cjs");

// How long the provider is asked to wait, in seconds.
const WAIT = 5;

class StoreError extends Error {
  constructor(code, options) {
    const { message, status } = outcome(code);
    super(message, options);
    this.code = code;
    // As frameworks read it of an error that a handler throws.
    this.status = status;
    this.headers = Object.freeze({ "retry-after": `${WAIT}` });
  }
}

// `cause`: the error of the store's client.
class StoreUnavailableError extends StoreError {
  constructor(cause) {
    super("store_unavailable", { cause });
  }
}

class StoreFullError extends StoreError {
  constructor(cause) {
    super("store_full", { cause });
  }
}

// In stacks, and where a bundler renames classes.
for (const [name, { prototype }] of Object.entries({ StoreFullError, StoreUnavailableError })) {
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
}

module.exports = { StoreError, StoreFullError, StoreUnavailableError };
