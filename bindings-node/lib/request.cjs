"use strict";

// One request, as the native half takes it.

const { isDate } = require("./platform.cjs");

const { lengthOf, rawBody, steady } = require("./body.cjs");
const { kind } = require("./errors.cjs");
const { read } = require("./headers.cjs");
const { bodyWritten, bytesOf, write } = require("./memory.cjs");

// The most seconds that are a time: a larger number is in milliseconds.
const MOST_SECONDS = 1e11;

const { getTime } = Date.prototype;

// The body is read last: to read anything else may run code of the caller's, which may change it.
// `none` stands for headers that are not there.
function arrived(request, wanted, none) {
  const headers = read(object(request).headers ?? none, wanted);
  const url = optional(request.url, "url");
  const method = optional(request.method, "method");
  const now = milliseconds(request.now);
  return { body: rawBody(request), headers, url, method, now, copy: undefined };
}

// In one piece, for a call that need not be fast.
function packed({ body, headers, url, method, now }) {
  return [steady(body), bytesOf(headers), url, method, now];
}

// Asks a verifier, in the one call that has to be fast. Of a small body that was verified it leaves
// a copy.
function judge(by, made) {
  const { body, headers, url, method, now } = made;
  const end = write(body, headers);
  if (end < 0) {
    made.body = steady(body);
    return by.native.judge(packed(made));
  }
  const length = lengthOf(body);
  const hasMore = url !== undefined || method !== undefined;
  const verdict = hasMore
    ? by.verify(length, end, now, url, method)
    : by.verify(length, end, now);
  if (typeof verdict !== "string") made.copy = bodyWritten(length);
  return verdict;
}

function object(request) {
  if (typeof request === "object" && request !== null) return request;
  throw new TypeError(
    `a request is one object, { body, headers, … }, and this is ${kind(request)}`,
  );
}

// Text that need not be there.
function optional(text, name) {
  if (text === undefined || typeof text === "string") return text;
  throw new TypeError(`${name} is a string, and this is ${kind(text)}`);
}

function milliseconds(now) {
  if (now === undefined) return Date.now();
  if (typeof now === "number") return fromSeconds(now);
  if (!isDate(now)) throw new TypeError(`now is seconds, or a Date, and this is ${kind(now)}`);
  const time = getTime.call(now);
  if (Number.isNaN(time)) throw new TypeError("now is a Date that is no moment in time");
  return time;
}

function fromSeconds(seconds) {
  if (!Number.isFinite(seconds)) throw new TypeError("now is no moment in time");
  if (Math.abs(seconds) > MOST_SECONDS) {
    throw new TypeError("now is Unix time in seconds: this looks like milliseconds");
  }
  return Math.floor(seconds * 1000);
}

module.exports = { arrived, judge, optional, packed };
