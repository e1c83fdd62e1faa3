"use strict";

// Google Cloud Functions, and Cloud Functions for Firebase.

const { BodyConsumedError } = require("./errors.cjs");
const { listener } = require("./outgoing.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE =
  "hand the request over as the platform gives it, with its request.rawBody; in an Express " +
  "application inside of the function leave out express.json()";

function webhook(receiver, handler) {
  return listener(receiver, handler, ADVICE);
}

module.exports = { BodyConsumedError, Receiver, webhook };
