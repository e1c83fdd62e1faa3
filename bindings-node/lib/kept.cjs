"use strict";

// A verified body, for as long as its delivery lives: what was verified is what comes out, whatever
// is written to the received memory later.

const { Buffer } = require("./platform.cjs");

const { copied, lengthOf } = require("./body.cjs");

// Up to this size a text in Latin-1 is the cheapest copy by far, and nobody can write to it.
const SMALL = 64 << 10;

const { latin1Slice } = Buffer.prototype;

class Kept {
  #held; // a text; or bytes: our own, or the received ones
  #isOwn;

  // `isWhole`: whether all of it is signed.
  constructor(bytes, isWhole) {
    const length = lengthOf(bytes);
    const isSmall = length <= SMALL;
    this.#isOwn = isSmall || !isWhole;
    if (isSmall) this.#held = latin1Slice.call(bytes, 0, length);
    else this.#held = isWhole ? bytes : copied(bytes);
  }

  // The bytes, which are not to be handed out. A large body is copied when it is asked for, and the
  // copy is verified again: its signature tells whether it is what came.
  bytes(isGenuine) {
    if (typeof this.#held === "string") return Buffer.from(this.#held, "latin1");
    if (!this.#isOwn) {
      const own = copied(this.#held);
      if (!isGenuine(own)) throw new TypeError("the body was written to after it was verified");
      this.#held = own;
      this.#isOwn = true;
    }
    return this.#held;
  }
}

module.exports = { Kept };
