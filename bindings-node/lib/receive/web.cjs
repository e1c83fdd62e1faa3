"use strict";

// Requests and responses of the Web standard: the app router of Next.js, Hono, Bun, Deno, Workers.

const { Delivery } = require("../delivery.cjs");
const { kind } = require("../errors.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { handled } = require("./handled.cjs");
const { GONE, TOO_LARGE, check, inPairs, judge } = require("./judge.cjs");
const { Receiver, handlingOf } = require("./receiver.cjs");

const ADVICE =
  "move await request.json(), and what else reads the request (a validator, a middleware), below " +
  "the verification, and take delivery.json() instead";

// The delivery, or the response to send.
async function verifyRequest(request, receiver, connection) {
  const known = receiver instanceof Receiver ? receiver : made(receiver);
  if (handlingOf(known) !== undefined) {
    throw new TypeError(
      "this receiver has claims or an inbox, which webhook(receiver, handler) asks: write that in " +
        "place of verifyRequest",
    );
  }
  return judgedRequest(request, known, connection);
}

async function judgedRequest(request, known, { peer, rawHeaders } = {}) {
  const { method, url } = request;
  const headers = rawHeaders === undefined ? [...request.headers] : inPairs(rawHeaders);
  const head = { method, target: url, headers, peer };
  const judged = await judge(known, head, (limit) => bodyOf(request, limit));
  if (judged === GONE) return new Response(null, { status: 400 });
  return judged instanceof Delivery ? judged : sent(judged);
}

// Where the secret comes with each request.
function made(options) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`a request is verified by a Receiver, and this is ${kind(options)}`);
  }
  const { provider, ...others } = options;
  return new Receiver(provider, others);
}

// `connectionOf`: what a Request does not tell, out of what the handler is given.
function webhook(receiver, handler, connectionOf = () => undefined) {
  check(receiver, handler);
  return async (request, ...more) => {
    const judged = await judgedRequest(request, receiver, connectionOf(request, ...more));
    if (!(judged instanceof Delivery)) return judged;
    const run = () => handler(judged, request, ...more);
    const { answer, value } = await handled(receiver, judged, run, isFailed);
    if (answer !== undefined) return sent(answer);
    return value === undefined ? sent(receiver.acknowledgement()) : value;
  };
}

function isFailed(response) {
  return response?.status >= 400;
}

// The body; of one that is too large, enough to show it.
async function bodyOf(request, limit) {
  const { body, bodyUsed } = request;
  if (bodyUsed || body?.locked) {
    throw new BodyConsumedError("the request's body was read already", ADVICE);
  }
  if (body === null) return new Uint8Array(0);
  // A runtime without streams.
  if (body === undefined) return new Uint8Array(await request.arrayBuffer());
  try {
    return await collected(body.getReader(), limit);
  } catch (error) {
    if (request.signal?.aborted) return GONE;
    throw error;
  }
}

async function collected(reader, limit) {
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    chunks.push(value);
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => undefined);
      return TOO_LARGE;
    }
  }
}

function joined(chunks, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

// Some statuses go without a body.
function sent({ status, headers, body }) {
  return new Response(body === "" ? null : body, { status, headers });
}

module.exports = { BodyConsumedError, Receiver, verifyRequest, webhook };
