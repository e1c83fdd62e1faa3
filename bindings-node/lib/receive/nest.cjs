"use strict";

// NestJS, on Express and on Fastify: a guard.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { check } = require("./judge.cjs");
const { send } = require("./outgoing.cjs");
const { Receiver } = require("./receiver.cjs");

const ADVICE =
  "write NestFactory.create(AppModule, { rawBody: true }) where the application is made, and " +
  "leave out a json() middleware of your own";

// What the guards have verified, by request.
const deliveries = new WeakMap();

class WebhookGuard {
  #receiver;

  constructor(receiver) {
    check(receiver, () => undefined);
    this.#receiver = receiver;
  }

  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const incoming = request.raw ?? request; // of Fastify, or of Express
    const judged = await judgeIncoming(this.#receiver, ADVICE, incoming, request);
    if (judged instanceof Delivery) {
      deliveries.set(request, judged);
      return true;
    }
    const response = context.switchToHttp().getResponse();
    response.hijack?.();
    if (typeof judged === "object") send(response.raw ?? response, judged);
    // The request has its answer. Whatever Nest was told now, it would make another one.
    return new Promise(() => undefined);
  }
}

function deliveryOf(request) {
  const delivery = deliveries.get(request);
  if (delivery !== undefined) return delivery;
  throw new TypeError(
    "no delivery was verified: put @UseGuards(new WebhookGuard(receiver)) on this handler",
  );
}

module.exports = { BodyConsumedError, Receiver, WebhookGuard, deliveryOf };
