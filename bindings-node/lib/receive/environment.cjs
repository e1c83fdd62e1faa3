"use strict";

// All that a receiver asks of the process.

const { kind } = require("../errors.cjs");

// What a variable holds; without it the process ends before it takes a delivery.
function variable(name) {
  if (typeof name !== "string") {
    throw new TypeError(`an environment variable is given by name, and this is ${kind(name)}`);
  }
  return (
    globalThis.process?.env?.[name] || end(`the environment variable ${name} is not set, or empty`)
  );
}

function end(message) {
  console.error(`hookseal: ${message}`);
  globalThis.process?.exit?.(2);
  // Where there is no process to end.
  throw new Error(message);
}

module.exports = { end, variable };
