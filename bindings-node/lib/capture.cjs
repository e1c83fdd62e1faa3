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

function readCapture(given) {
  const bytes = typeof given === "string" ? Buffer.from(given) : rawBody({ body: given });
  return captured(native(() => core.readCapture(bytes)));
}

// Out of the core's own JSON form.
function captured(text) {
  return new Capture(JSON.parse(text));
}

module.exports = { captured, readCapture };
