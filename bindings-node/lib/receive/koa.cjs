"use strict";

// Koa.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { handled } = require("./handled.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE = "put this middleware, or its router, above the line app.use(bodyParser())";

function webhook(receiver, handler) {
  check(receiver, handler);
  return async (ctx, next) => {
    const judged = await judgeIncoming(receiver, ADVICE, ctx.req, ctx.request);
    if (judged === GONE) return;
    if (!(judged instanceof Delivery)) return send(ctx, judged);
    const answers = handler?.length >= 2;
    const run = () => handler(judged, ctx, next);
    const isFailed = () => answers && ctx.status >= 400;
    const { answer } = await handled(receiver, judged, run, isFailed);
    if (answer !== undefined) send(ctx, answer);
    else if (!answers) send(ctx, receiver.acknowledgement());
  };
}

function send(ctx, { status, headers, body }) {
  ctx.status = status;
  ctx.body = body;
  ctx.set(headers);
}

module.exports = { BodyConsumedError, Receiver, webhook };
