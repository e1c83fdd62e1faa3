"use strict";

// Requests as bytes, which the native half reads faster than texts and lists.
//
// A header is the place of its name, or the length of the name and the name itself; then the length
// of its value and the value. Places and lengths are 32 bits each. A text has the bytes that came
// over the wire: Node and browsers decode headers as Latin-1, and what Latin-1 lacks can only have
// been decoded as UTF-8.

const { gone, lengthOf } = require("./body.cjs");
const { Buffer } = require("./platform.cjs");

// What a verification reads, where it is small: first the body, then the headers. The native half
// knows this memory, and to hand over other takes longer.
const SMALL_BODY = 16 << 10;
const MEMORY = 32 << 10;
const memory = Buffer.allocUnsafeSlow(MEMORY);

const { latin1Slice } = Buffer.prototype;
const { set } = Object.getPrototypeOf(Uint8Array.prototype);

let utf8;

// Where in the memory the headers end; -1: there is no room.
function write(body, headers) {
  const length = lengthOf(body);
  if (length > SMALL_BODY || most(headers) > MEMORY - length) return -1;
  try {
    set.call(memory, body);
  } catch (cause) {
    throw gone(cause);
  }
  return put(headers, memory, length);
}

// The body that was written last, before any other code runs. A text in Latin-1 is the cheapest copy
// by far, and nobody can write to it.
function bodyWritten(length) {
  return latin1Slice.call(memory, 0, length);
}

// The headers as bytes of their own.
function bytesOf(headers) {
  const bytes = new Uint8Array(most(headers));
  return bytes.subarray(0, put(headers, bytes, 0));
}

// The most bytes that headers take: a text has at most three for each of its units.
function most(headers) {
  let sum = 0;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at];
    sum += 8 + 3 * headers[at + 1].length + (typeof name === "string" ? 3 * name.length : 0);
  }
  return sum;
}

function put(headers, bytes, start) {
  let end = start;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at];
    end = typeof name === "string" ? putText(name, bytes, end) : putNumber(name, bytes, end);
    end = putText(headers[at + 1], bytes, end);
  }
  return end;
}

function putText(text, bytes, start) {
  const { length } = text;
  const from = start + 4;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 255) return putUtf8(text, bytes, start);
    bytes[from + at] = code;
  }
  putNumber(length, bytes, start);
  return from + length;
}

function putUtf8(text, bytes, start) {
  utf8 ??= new TextEncoder();
  const { written } = utf8.encodeInto(text, bytes.subarray(start + 4));
  return putNumber(written, bytes, start) + written;
}

function putNumber(number, bytes, start) {
  bytes[start] = number;
  bytes[start + 1] = number >> 8;
  bytes[start + 2] = number >> 16;
  bytes[start + 3] = number >> 24;
  return start + 4;
}

module.exports = { bodyWritten, bytesOf, memory, write };
