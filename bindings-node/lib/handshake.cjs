"use strict";

// Endpoint validations, and what a request says of its sender.

const { native } = require("./errors.cjs");
const { ALL, read } = require("./headers.cjs");
const { bytesOf } = require("./memory.cjs");
const core = require("./native.cjs");
const { arrived, optional, packed } = require("./request.cjs");
const { rowOf } = require("./scheme.cjs");
const { Verifier, answers, named } = require("./verifier.cjs");

function handshake(provider, request) {
  const expected = optional(request?.expected, "expected") ?? "";
  const made = packed(arrived(request, ALL));
  const answer = native(() => answers(provider).answer(made, expected));
  return answer === null ? undefined : sent(answer);
}

function acknowledgement(provider) {
  return sent(row(provider).acknowledgement());
}

function enrol(provider, request) {
  const made = packed(arrived(request, ALL));
  const [value, isKey, answer] = native(() => row(provider).enrol(made));
  return Object.freeze({ value, isKey, answer: sent(answer) });
}

function row(provider) {
  return rowOf(provider instanceof Verifier ? provider.scheme : provider).row;
}

function sent([status, lines, body]) {
  return Object.freeze({ status, headers: named(lines), body });
}

function detect(headers) {
  return core.detect(bytesOf(read(headers, ALL)));
}

module.exports = { acknowledgement, detect, enrol, handshake };
