"use strict";

// Requests as they are kept, to be looked into later.

const { rawBody } = require("./body.cjs");
const { native } = require("./errors.cjs");
const core = require("./native.cjs");
const { Buffer, fromBase64, latin1Of } = require("./platform.cjs");
const { inspect } = require("./scheme.cjs");

// What `explain` takes as it is, and what becomes JSON that it can be read from again. It is not
// frozen: a request to verify is made of it, with what the capture does not tell.
class Capture {
  constructor({ method, url, headers, body }) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  toJSON() {
    const { method, url } = this;
    const headers = this.headers.map(([name, value]) => [name, headerText(value)]);
    const body = text(this.body);
    if (body !== undefined) return { method, url, headers, body };
    return { method, url, headers, body_base64: btoa(latin1Of(this.body)) };
  }

  [inspect]() {
    return `Capture of ${this.headers.length} headers and ${this.body.length} bytes`;
  }
}

// A header came as bytes, which were decoded as Latin-1: they may have been UTF-8. A character that
// Latin-1 lacks shows that they are decoded already.
function headerText(value) {
  if (/[^\0-\xff]/.test(value)) return value;
  const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
  return text(bytes) ?? { base64: btoa(value) };
}

function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readCapture(given) {
  const bytes = typeof given === "string" ? Buffer.from(given) : rawBody({ body: given });
  return captured(native(() => core.readCapture(bytes)));
}

// Out of the core's own JSON form.
function captured(json) {
  const { method, url, headers, body, body_base64: encoded } = JSON.parse(json);
  return new Capture({
    method,
    url,
    headers: headers.map(([name, value]) => [name, wire(value)]),
    body: body === undefined ? fromBase64(encoded) : Buffer.from(body, "utf8"),
  });
}

// As Node decodes what came over the wire.
function wire(value) {
  return latin1Of(typeof value === "string" ? Buffer.from(value, "utf8") : fromBase64(value.base64));
}

module.exports = { Capture, captured, readCapture };
