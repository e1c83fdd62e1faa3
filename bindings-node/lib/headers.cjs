"use strict";

// Headers of any shape, as one text: name and value in turn, each behind its length, as `2:hi`. Of
// those that a row reads, a name is its place among them.

const { kind } = require("./errors.cjs");

// The length of most values.
const USUAL = 256;

// More than any server takes; an iterator may never end.
const MOST = 10_000;

// The names that a row reads, in lower case; without names, all. A bit for each length that such a
// name has tells most others apart.
class Wanted {
  constructor(names) {
    this.names = names;
    this.places = names.map((_, place) => new Name(field(`${place}`)));
    this.lengths = names.reduce((bits, name) => bits | bit(name), 0);
  }

  // What stands before the value under a name; undefined: it is not wanted.
  match(name) {
    const { names } = this;
    if (names.length === 0) return new Name(field(name));
    if ((this.lengths & bit(name)) === 0) return undefined;
    // Most are in lower case, and to find the same text is quickest.
    for (let at = 0; at < names.length; at += 1) {
      if (names[at] === name) return this.places[at];
    }
    for (let at = 0; at < names.length; at += 1) {
      if (isSame(name, names[at])) return this.places[at];
    }
    return undefined;
  }
}

// The field of a name, and with the length of a value behind it: made once for each length, as this
// is what takes longest in a verification.
class Name {
  constructor(text) {
    this.text = text;
    this.before = [];
  }

  with(value) {
    const { length } = value;
    if (length >= USUAL) return `${this.text}${length}:${value}`;
    while (this.before.length <= length) this.before.push(`${this.text}${this.before.length}:`);
    return this.before[length] + value;
  }
}

const ALL = new Wanted([]);

function field(text) {
  return `${text.length}:${text}`;
}

function bit(name) {
  return 1 << (name.length & 31);
}

// Of ASCII letters alone: no header has a Kelvin sign for a k.
function isSame(name, wanted) {
  if (name.length !== wanted.length) return false;
  for (let at = 0; at < name.length; at += 1) {
    let code = name.charCodeAt(at);
    if (code >= 65 && code <= 90) code += 32;
    if (code !== wanted.charCodeAt(at)) return false;
  }
  return true;
}

function read(headers, wanted) {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError(
      `headers are an object, a Headers, pairs or rawHeaders, and these are ${kind(headers)}`,
    );
  }
  if (Array.isArray(headers) && typeof headers[0] === "string") return readFlat(headers, wanted);
  if (typeof headers[Symbol.iterator] === "function") return readPairs(headers, wanted);
  let text = "";
  for (const name of Object.keys(headers)) {
    const found = wanted.match(name);
    if (found !== undefined) text += header(found, headers[name]);
  }
  return text;
}

// `rawHeaders` of Node: name and value in turn.
function readFlat(headers, wanted) {
  const { length } = headers;
  if (length % 2 !== 0) throw new TypeError("rawHeaders are names and values in turn");
  let text = "";
  for (let at = 0; at < length; at += 2) text += readPair(headers[at], headers[at + 1], wanted);
  return text;
}

function readPairs(headers, wanted) {
  let text = "";
  let count = 0;
  for (const pair of headers) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError("each of the headers is a pair of name and value");
    }
    count += 1;
    if (count > MOST) throw new TypeError(`there are more than ${MOST} headers`);
    text += readPair(pair[0], pair[1], wanted);
  }
  return text;
}

function readPair(name, value, wanted) {
  if (typeof name !== "string") throw new TypeError(`a header's name is ${kind(name)}`);
  const found = wanted.match(name);
  return found === undefined ? "" : header(found, value);
}

// A header that is there more than once is one more pair each time.
function header(name, value) {
  if (typeof value === "string") return name.with(value);
  if (value === undefined) return "";
  if (!Array.isArray(value)) throw notText(value);
  let text = "";
  for (const one of value) {
    if (typeof one !== "string") throw notText(one);
    text += name.with(one);
  }
  return text;
}

function notText(value) {
  return new TypeError(
    `a header's value is a string, or an array of strings, and this one is ${kind(value)}`,
  );
}

module.exports = { ALL, Wanted, read };
