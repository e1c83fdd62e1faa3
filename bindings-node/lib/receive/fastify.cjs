"use strict";

// Fastify. Its parsers hold for a whole plugin: so this is one, in which nothing is parsed.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { handled } = require("./handled.cjs");
const { Held } = require("./held.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");
const { Receiver, handlingOf } = require("./receiver.cjs");

const ADVICE =
  'write app.register(webhook(receiver, handler), { prefix: "/path" }) in place of ' +
  'app.post("/path", …), and move what reads the stream, as a preParsing hook, to another plugin';

function webhook(receiver, handler) {
  check(receiver, handler);
  return async (instance) => {
    if (typeof instance?.removeAllContentTypeParsers !== "function") {
      throw new BodyConsumedError("Fastify has parsed the request's body", ADVICE);
    }
    instance.removeAllContentTypeParsers();
    instance.addContentTypeParser("*", (request, payload, done) => done(null, payload));
    instance.all("", (request, reply) => take(receiver, handler, request, reply));
  };
}

// Without a body there is no parsed one, and the stream is where it was.
async function take(receiver, handler, request, reply) {
  const stream = request.body ?? request.raw;
  const judged = await judgeIncoming(receiver, ADVICE, request.raw, request, stream);
  if (judged === GONE) return reply.hijack();
  if (!(judged instanceof Delivery)) return send(reply, judged);
  if (handlingOf(receiver) !== undefined)
    return takeKnown(receiver, handler, judged, request, reply);
  const payload = await handler(judged, request, reply);
  const isTaken = payload === undefined && handler.length < 3;
  return isTaken ? send(reply, receiver.acknowledgement()) : payload;
}

// Where it is noted what was handled.
async function takeKnown(receiver, handler, delivery, request, reply) {
  const answers = handler?.length >= 3;
  const held = new Held(reply.raw);
  const run = async () => {
    const payload = await handler(delivery, request, reply);
    // One that sends by itself.
    if (payload === undefined && answers) await held.ended;
    return payload === reply ? held.ended : payload;
  };
  const isFailed = () => answers && reply.statusCode >= 400;
  try {
    const { answer, value } = await handled(receiver, delivery, run, isFailed);
    held.go();
    if (answer !== undefined) return send(reply, answer);
    if (value !== undefined) return value;
    return answers ? reply : send(reply, receiver.acknowledgement());
  } catch (error) {
    held.drop();
    if (!reply.raw.destroyed) throw error;
    // Half an answer was out, and no other can follow it.
    request.log.error(error);
    return reply.hijack();
  }
}

function send(reply, { status, headers, body }) {
  return reply.code(status).headers(headers).send(body);
}

module.exports = { BodyConsumedError, Receiver, webhook };
