"use strict";

// Koa.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE = "put this middleware, or its router, above the line app.use(bodyParser())";

function webhook(receiver, handler) {
  check(receiver, handler);
  return async (ctx, next) => {
    const judged = await judgeIncoming(receiver, ADVICE, ctx.req, ctx.request);
    if (judged === GONE) return;
    if (judged instanceof Delivery) {
      await handler(judged, ctx, next);
      if (handler.length < 2) send(ctx, receiver.acknowledgement());
    } else {
      send(ctx, judged);
    }
  };
}

function send(ctx, { status, headers, body }) {
  ctx.status = status;
  ctx.body = body;
  ctx.set(headers);
}

module.exports = { BodyConsumedError, Receiver, webhook };
