"use strict";

// Handlers that are given Node's request and response, whatever calls them.

const { Delivery } = require("../delivery.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");

// `advice`: what to move when the body was read before.
function listener(receiver, handler, advice) {
  check(receiver, handler);
  return async (request, response, next) => {
    try {
      const judged = await judgeIncoming(receiver, advice, request);
      if (judged === GONE) return;
      if (judged instanceof Delivery) {
        await handler(judged, request, response, next);
        if (handler.length < 3) send(response, receiver.acknowledgement());
      } else {
        send(response, judged);
      }
    } catch (error) {
      if (typeof next !== "function") throw error;
      next(error);
    }
  };
}

function send(response, { status, headers, body }) {
  if (response.headersSent || response.writableEnded) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

module.exports = { listener, send };
