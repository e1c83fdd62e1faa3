"use strict";

// API routes in the pages folder of Next.js; those in the app folder take Web requests: web.cjs.

const { BodyConsumedError } = require("./errors.cjs");
const { listener } = require("./outgoing.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE =
  "add the line `export const config = { api: { bodyParser: false } };` to the file of this " +
  "route itself, where Next.js looks for it";

function webhook(receiver, handler) {
  return listener(receiver, handler, ADVICE);
}

module.exports = { BodyConsumedError, Receiver, webhook };
