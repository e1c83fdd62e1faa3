"use strict";

// Fastify. Its parsers hold for a whole plugin: so this is one, in which nothing is parsed.

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { judgeIncoming } = require("./incoming.cjs");
const { GONE, check } = require("./judge.cjs");
const { Receiver } = require("./receiver.cjs");

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
  const payload = await handler(judged, request, reply);
  const isTaken = payload === undefined && handler.length < 3;
  return isTaken ? send(reply, receiver.acknowledgement()) : payload;
}

function send(reply, { status, headers, body }) {
  return reply.code(status).headers(headers).send(body);
}

module.exports = { BodyConsumedError, Receiver, webhook };
