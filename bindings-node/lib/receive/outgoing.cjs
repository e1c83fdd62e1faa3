"use strict";

// Handlers that are given Node's request and response, whatever calls them.

const { Delivery } = require("../delivery.cjs");
const { handled } = require("./handled.cjs");
const { Held } = require("./held.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");
const { handlingOf } = require("./receiver.cjs");

// `advice`: what to move when the body was read before.
function listener(receiver, handler, advice) {
  check(receiver, handler);
  const take = handlingOf(receiver) === undefined ? takeOnce : takeKnown;
  return async (request, response, next) => {
    try {
      const judged = await judgeIncoming(receiver, advice, request);
      if (judged === GONE) return;
      if (judged instanceof Delivery)
        await take(receiver, handler, judged, request, response, next);
      else send(response, judged);
    } catch (error) {
      if (typeof next !== "function") throw error;
      next(error);
    }
  };
}

async function takeOnce(receiver, handler, delivery, request, response, next) {
  await handler(delivery, request, response, next);
  if (handler.length < 3) send(response, receiver.acknowledgement());
}

// Where it is noted what was handled.
async function takeKnown(receiver, handler, delivery, request, response, next) {
  const answers = handler?.length >= 3;
  const held = answers ? new Held(response) : undefined;
  const run = () => {
    if (!answers) return handler(delivery, request, response, next);
    return runs(handler, delivery, request, response, next, held);
  };
  const isFailed = () => answers && response.statusCode >= 400;
  let answer;
  try {
    ({ answer } = await handled(receiver, delivery, run, isFailed));
  } catch (error) {
    held?.drop();
    throw error;
  }
  if (answer !== undefined) held?.drop();
  else held?.go();
  if (answer !== undefined || !answers) send(response, answer ?? receiver.acknowledgement());
}

// A handler has run when it has returned, or its promise is kept, and the response is ended; it has
// failed when it says so to `next`.
function runs(handler, delivery, request, response, next, held) {
  return new Promise((resolve, reject) => {
    const onward = (error) => {
      const isRoute = error === "route" || error === "router";
      if (error && !isRoute) reject(error);
      else next(error);
    };
    const passed = typeof next === "function" ? onward : next;
    const returned = async () => handler(delivery, request, response, passed);
    Promise.all([returned(), held.ended]).then(resolve, reject);
  });
}

function send(response, { status, headers, body }) {
  if (response.headersSent || response.writableEnded) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

module.exports = { listener, send };
