"use strict";

// Captured requests.

const { rawBody } = require("./body.cjs");
const { native } = require("./errors.cjs");
const core = require("./native.cjs");
const { Buffer, fromBase64, latin1Of } = require("./platform.cjs");
const { inspect } = require("./scheme.cjs");

// It is not frozen: a request to verify is made of it, with what the capture does not tell.
class Capture {
  constructor({ method, url, headers, body, body_base64: encoded }) {
    this.method = method;
    this.url = url;
    this.headers = headers.map(([name, value]) => [name, wire(value)]);
    this.body = body === undefined ? fromBase64(encoded) : Buffer.from(body, "utf8");
  }

  [inspect]() {
    return `Capture of ${this.headers.length} headers and ${this.body.length} bytes`;
  }
}

// As Node decodes what came over the wire.
function wire(value) {
  return latin1Of(typeof value === "string" ? Buffer.from(value, "utf8") : fromBase64(value.base64));
}

function readCapture(captured) {
  const bytes = typeof captured === "string" ? Buffer.from(captured) : rawBody({ body: captured });
  return new Capture(JSON.parse(native(() => core.readCapture(bytes))));
}

// A request in the form in which captures are kept: what is not UTF-8 is in base64.
function captureOf({ method, url, headers, body }) {
  const pairs = headers.map(([name, value]) => [name, text(Buffer.from(value, "latin1"))]);
  const kept = text(body);
  const of = typeof kept === "string" ? { body: kept } : { body_base64: kept.base64 };
  return { method, url, headers: pairs, ...of };
}

function text(bytes) {
  const decoded = bytes.toString();
  return Buffer.from(decoded).equals(bytes) ? decoded : { base64: bytes.toString("base64") };
}

module.exports = { captureOf, readCapture };
