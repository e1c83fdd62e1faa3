"use strict";

// A request as it is kept, to be looked into later.

const { inspect } = require("../scheme.cjs");

// How many bytes are made characters in one call.
const PIECE = 8192;

// What `explain` takes as it is, and what becomes JSON that it can be read from again.
class Capture {
  constructor({ method, headers }, url, body) {
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
    return { method, url, headers, body_base64: btoa(latin1(this.body)) };
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

function latin1(bytes) {
  let characters = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    characters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return characters;
}

module.exports = { Capture };
