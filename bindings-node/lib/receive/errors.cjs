"use strict";

// The raw body is gone: something read or parsed it first. This is for the developer, and no
// refusal; the text says what to move.
class BodyConsumedError extends Error {
  constructor(what, advice) {
    super(`${what}, and a signature is over the raw body: ${advice}`);
    this.code = "HOOKSEAL_BODY_CONSUMED";
  }
}

// In stacks, and where a bundler renames classes.
Object.defineProperty(BodyConsumedError.prototype, "name", {
  value: "BodyConsumedError",
  configurable: true,
  writable: true,
});

module.exports = { BodyConsumedError };
