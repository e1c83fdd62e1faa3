"use strict";

// Headers of any shape as one list: name and value in turn. Of those that a row reads, a name is its
// place among them.

const { kind } = require("./errors.cjs");

// More than any server takes; an iterator may never end.
const MOST = 10_000;

// The names that a row reads, in lower case; without names, all. A bit for each length that such a
// name has tells most others apart.
class Wanted {
  constructor(names) {
    this.names = names;
    this.lengths = names.reduce((bits, name) => bits | bit(name), 0);
  }

  // What stands for a name; undefined: it is not wanted.
  match(name) {
    const { names } = this;
    if (names.length === 0) return name;
    if ((this.lengths & bit(name)) === 0) return undefined;
    // Most are in lower case, and to find the same text is quickest.
    for (let at = 0; at < names.length; at += 1) {
      if (names[at] === name) return at;
    }
    for (let at = 0; at < names.length; at += 1) {
      if (isSame(name, names[at])) return at;
    }
    return undefined;
  }
}

const ALL = new Wanted([]);

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
  const list = [];
  if (Array.isArray(headers) && typeof headers[0] === "string") readFlat(headers, wanted, list);
  else if (typeof headers[Symbol.iterator] === "function") readPairs(headers, wanted, list);
  else readObject(headers, wanted, list);
  return list;
}

function readObject(headers, wanted, list) {
  for (const name of Object.keys(headers)) {
    const found = wanted.match(name);
    if (found !== undefined) add(list, found, headers[name]);
  }
}

// `rawHeaders` of Node: name and value in turn.
function readFlat(headers, wanted, list) {
  const { length } = headers;
  if (length % 2 !== 0) throw new TypeError("rawHeaders are names and values in turn");
  for (let at = 0; at < length; at += 2) readPair(headers[at], headers[at + 1], wanted, list);
}

function readPairs(headers, wanted, list) {
  let count = 0;
  for (const pair of headers) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError("each of the headers is a pair of name and value");
    }
    count += 1;
    if (count > MOST) throw new TypeError(`there are more than ${MOST} headers`);
    readPair(pair[0], pair[1], wanted, list);
  }
}

function readPair(name, value, wanted, list) {
  if (typeof name !== "string") throw new TypeError(`a header's name is ${kind(name)}`);
  const found = wanted.match(name);
  if (found !== undefined) add(list, found, value);
}

// A header that is there more than once is one more pair each time.
function add(list, name, value) {
  if (typeof value === "string") {
    list.push(name, value);
  } else if (Array.isArray(value)) {
    for (const one of value) {
      if (typeof one !== "string") throw notText(one);
      list.push(name, one);
    }
  } else if (value !== undefined) {
    throw notText(value);
  }
}

function notText(value) {
  return new TypeError(
    `a header's value is a string, or an array of strings, and this one is ${kind(value)}`,
  );
}

module.exports = { ALL, Wanted, read };
