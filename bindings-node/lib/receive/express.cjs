"use strict";

// Express 4 and 5.

const { BodyConsumedError } = require("./errors.cjs");
const { listener } = require("./outgoing.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE =
  "put this route above the line app.use(express.json()) and above every other body parser, or " +
  'give it its own one, express.raw({ type: "*/*" })';

function webhook(receiver, handler) {
  return listener(receiver, handler, ADVICE);
}

module.exports = { BodyConsumedError, Receiver, webhook };
