"use strict";

// The server of Node itself.

const { BodyConsumedError } = require("./errors.cjs");
const { listener, send } = require("./outgoing.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE =
  "call this listener before anything that reads the request, and take delivery.body in its " +
  "handler";

// Node would end the process for an error that nobody catches: so it is logged, and answered.
function webhook(receiver, handler) {
  const take = listener(receiver, handler, ADVICE);
  return (request, response) =>
    take(request, response, (error) => {
      console.error("hookseal: a delivery could not be handled", error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, headers: {}, body: "" });
    });
}

module.exports = { BodyConsumedError, Receiver, webhook };
