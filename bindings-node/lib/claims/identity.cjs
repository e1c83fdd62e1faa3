"use strict";

// What a store is told of a delivery.

const { createHash } = require("node:crypto");

const { insideOf } = require("../delivery.cjs");
const { kind } = require("../errors.cjs");

// Its key and its digest, and what is known of its scheme. Nothing but what `verify` has made gets
// near a store.
function identityOf(delivery, scope) {
  const scheme = insideOf(delivery);
  if (scheme === undefined) {
    throw new TypeError(
      `only a Delivery that verify has made is claimed: this is ${kind(delivery)}`,
    );
  }
  const { bound, retry } = scheme;
  // Where retries may differ in their bytes, a body tells nothing.
  const digest = retry === "unknown" ? null : digestOf(delivery.dangerUnsignedBody);
  const isBound = bound.eventId || bound.timestamp;
  return { key: delivery.replayKey(scope), digest, scheme, isBound };
}

function digestOf(body) {
  return createHash("sha256").update(body).digest();
}

module.exports = { identityOf };
