"use strict";

// A verified body, for as long as its delivery lives: what was verified is what comes out, whatever
// is written to the received memory later.

const { Buffer } = require("./platform.cjs");

const { copied } = require("./body.cjs");

class Kept {
  #held; // our own, or the received bytes; a text in Latin-1 stands for bytes
  #isOwn;

  // `isWhole`: whether all of the body is signed.
  constructor({ body, copy }, isWhole) {
    this.#isOwn = copy !== undefined || !isWhole;
    this.#held = copy ?? (isWhole ? body : copied(body));
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
