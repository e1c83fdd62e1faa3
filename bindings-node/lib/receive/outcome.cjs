"use strict";

// What becomes of a delivery at a receiver, as the core words it: code, status and sentence.

const core = require("../native.cjs");

const ALL = new Map(
  core.outcomes().map((lines) => {
    const [code, status, message] = lines.split("\n");
    return [code, Object.freeze({ code, status: Number(status), message })];
  }),
);

function outcome(code) {
  return ALL.get(code);
}

module.exports = { outcome };
