"use strict";

// Requests of Node: an IncomingMessage, or what a framework has made of it.

const { Buffer } = require("node:buffer");

const { BodyConsumedError } = require("./errors.cjs");
const { GONE, TOO_LARGE, inPairs, judge } = require("./judge.cjs");
const { declaredLength } = require("./receiver.cjs");

// `own`: what a framework has made of the request, where that is an object of its own. `advice`:
// what to move when the body was read before.
function judgeIncoming(receiver, advice, incoming, own = incoming, stream = incoming) {
  const head = headOf(incoming, own.originalUrl ?? incoming.url);
  return judge(receiver, head, (limit) => {
    const kept = [own.rawBody, own.body].find((it) => it instanceof Uint8Array);
    if (kept !== undefined) return kept;
    if (stream.readableEncoding) {
      throw new BodyConsumedError("the request's stream was given an encoding", advice);
    }
    if (!wasRead(stream)) return collected(stream, limit);
    if (isEmpty(head)) return Buffer.alloc(0);
    throw new BodyConsumedError("the request's body was read or parsed already", advice);
  });
}

// Headers as they came over the wire, where the server tells.
function headOf({ method, rawHeaders, headers, socket }, target) {
  const pairs =
    rawHeaders?.length > 0 ? inPairs(rawHeaders) : Object.entries(headers).flatMap(each);
  return { method, target, headers: pairs, peer: socket?.remoteAddress };
}

function each([name, value]) {
  return [value ?? []].flat().map((one) => [name, one]);
}

function wasRead({ readableDidRead, readableEnded, on }) {
  return readableDidRead || readableEnded || typeof on !== "function";
}

// Whether the request never had a body.
function isEmpty(head) {
  const has = (name) => head.headers.some(([it]) => it.toLowerCase() === name);
  return declaredLength(head) === 0 && (has("content-length") || !has("transfer-encoding"));
}

// The body; of one that is too large no more is kept than shows it, and the rest is let go, as the
// connection could not be used again before.
function collected(stream, limit) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    const take = (chunk) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else settle(TOO_LARGE);
    };
    const end = () => settle(Buffer.concat(chunks, size));
    const close = () => settle(GONE);
    // Stays: an error without a listener would end the process.
    stream.on("error", (error) => (isAbort(stream, error) ? close() : reject(error)));
    stream.on("end", end).on("close", close).on("data", take);
    if (stream.destroyed) close();

    function settle(body) {
      stream.off("data", take).off("end", end).off("close", close);
      stream.resume();
      resolve(body);
    }
  });
}

function isAbort(stream, error) {
  return stream.aborted === true || error?.code === "ECONNRESET";
}

module.exports = { judgeIncoming };
