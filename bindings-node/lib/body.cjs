"use strict";

// The raw body of a request.

const { kind } = require("./errors.cjs");
const { Buffer, isAnyArrayBuffer, isUint8Array } = require("./platform.cjs");

const bytesPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const lengthOf = getter(bytesPrototype, "byteLength");
const memoryOf = getter(bytesPrototype, "buffer");
const isResizable = getter(ArrayBuffer.prototype, "resizable");

// What an object is, not what somebody has made it say. In an old browser nothing is resizable.
function getter(prototype, name) {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) ?? { get: () => false };
  return (object) => get.call(object);
}

function rawBody({ body, bodyText }) {
  if (bodyText !== undefined) {
    if (typeof bodyText === "string" && body === undefined) return Buffer.from(bodyText, "utf8");
    throw new TypeError("bodyText is a string, and given in place of body");
  }
  if (isUint8Array(body)) return body;
  if (isAnyArrayBuffer(body)) return viewOf(body);
  throw new TypeError(`${what(body)}: hand over the raw bytes, before any parsing. ${FRAMEWORKS}`);
}

// Memory of one thread and of one size can be read where it is, as long as no code of the caller's
// runs. Of any other memory this gives a copy, which nobody else holds.
function steady(bytes) {
  return isSteady(bytes) ? bytes : copied(bytes);
}

function isSteady(bytes) {
  try {
    // Without a length, it may have been taken away. Of shared memory, the second getter throws.
    return lengthOf(bytes) > 0 && !isResizable(memoryOf(bytes));
  } catch {
    return false;
  }
}

function viewOf(memory) {
  try {
    return new Uint8Array(memory);
  } catch (cause) {
    throw gone(cause);
  }
}

function copied(bytes) {
  try {
    const own = Buffer.allocUnsafeSlow(lengthOf(bytes));
    own.set(bytes);
    return own;
  } catch (cause) {
    throw gone(cause); // or it is shared, and has grown meanwhile
  }
}

function gone(cause) {
  return new TypeError("the memory of the bytes was taken away, or changes its size", { cause });
}

function what(body) {
  if (body === undefined || body === null) return `the body is ${body}`;
  if (typeof body === "string") {
    return "the body is text, and a signature is over bytes (bodyText takes text, as UTF-8)";
  }
  if (typeof body === "function") return "the body is a function that was not called";
  if (typeof body !== "object") return `the body is ${kind(body)}`;
  if (ArrayBuffer.isView(body)) return "the body is a view of other numbers than bytes";
  if (typeof body.then === "function") return "the body is a promise that was not awaited";
  if (typeof body.getReader === "function" || typeof body.pipe === "function") {
    return "the body is a stream that was not read";
  }
  return "the body was parsed, and a signature is over the bytes as sent";
}

const FRAMEWORKS =
  'Express: express.raw({ type: "*/*" }) on this route, before express.json(). ' +
  'Fastify: addContentTypeParser("*", { parseAs: "buffer" }, …). ' +
  "NestJS: { rawBody: true }, then request.rawBody. Koa: the stream ctx.req, before a body parser. " +
  "Next.js pages: bodyParser: false, and read the request's stream. " +
  "Next.js app router, Hono, Bun, Deno, Workers: await request.arrayBuffer(). " +
  'AWS Lambda: Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8"). ' +
  "Cloud Functions: request.rawBody.";

module.exports = { copied, gone, lengthOf, rawBody, steady };
