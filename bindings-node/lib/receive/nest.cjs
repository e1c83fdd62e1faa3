"use strict";

// NestJS, on Express and on Fastify: a guard.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { handled } = require("./handled.cjs");
const { Held } = require("./held.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { check } = require("./judge.cjs");
const { send } = require("./outgoing.cjs");
const { Receiver, handlingOf } = require("./receiver.cjs");

const ADVICE =
  "write NestFactory.create(AppModule, { rawBody: true }) where the application is made, and " +
  "leave out a json() middleware of your own";

// What the guards have verified, by request.
const deliveries = new WeakMap();

class WebhookGuard {
  #receiver;

  constructor(receiver) {
    const hasInbox = receiver instanceof Receiver && handlingOf(receiver)?.inbox !== undefined;
    check(receiver, hasInbox ? undefined : () => undefined);
    this.#receiver = receiver;
  }

  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const incoming = request.raw ?? request; // of Fastify, or of Express
    const judged = await judgeIncoming(this.#receiver, ADVICE, incoming, request);
    const response = context.switchToHttp().getResponse();
    if (!(judged instanceof Delivery)) return answered(response, judged);
    deliveries.set(request, judged);
    if (handlingOf(this.#receiver) === undefined) return true;
    return this.#known(judged, response);
  }

  // The handler is run after the guard, and has run when the response is ended: by then Nest has made
  // an answer of what it threw.
  #known(delivery, response) {
    const raw = response.raw ?? response;
    const held = new Held(raw);
    return new Promise((resolve, reject) => {
      const run = () => {
        resolve(true);
        return held.ended;
      };
      const isFailed = () => raw.statusCode >= 400;
      const end = ({ answer }) => {
        held.go();
        if (answer !== undefined) resolve(answered(response, answer));
      };
      const fail = (error) => {
        held.drop();
        reject(error);
      };
      handled(this.#receiver, delivery, run, isFailed).then(end, fail);
    });
  }
}

// The request has its answer. Whatever Nest was told now, it would make another one.
function answered(response, answer) {
  response.hijack?.();
  if (typeof answer === "object") send(response.raw ?? response, answer);
  return new Promise(() => undefined);
}

function deliveryOf(request) {
  const delivery = deliveries.get(request);
  if (delivery !== undefined) return delivery;
  throw new TypeError(
    "no delivery was verified: put @UseGuards(new WebhookGuard(receiver)) on this handler",
  );
}

module.exports = { BodyConsumedError, Receiver, WebhookGuard, deliveryOf };
