"use strict";

// The exceptions. Codes and sentences come from the core; none holds a byte of the request.

class CodedError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

class VerificationError extends CodedError {
  constructor(code, message, status) {
    super(code, message);
    this.status = Number(status);
  }
}

class SecretError extends CodedError {}

class SchemeError extends CodedError {
  constructor(code, message, key = "") {
    super(code, message);
    // The core's keys are in snake_case, as they are in a file.
    this.key = key.replace(/(?<=[a-z])_([a-z])/g, (_, letter) => letter.toUpperCase());
  }
}

class SigningError extends CodedError {}

class BodyUnsignedError extends CodedError {}

class CaptureError extends CodedError {}

const classes = {
  VerificationError,
  SecretError,
  SchemeError,
  SigningError,
  BodyUnsignedError,
  CaptureError,
};

// In stacks, and where a bundler renames classes.
for (const [name, { prototype }] of Object.entries(classes)) {
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
}

// Code, status or key, and sentence are the lines of a text of the native half.
function made(Kind, text) {
  const [, code, more, message] = /^(.*)\n(.*)\n([^]*)$/.exec(text);
  return new Kind(code, message, more);
}

function refused(text) {
  return made(VerificationError, text);
}

// Calls the native half. Of what it throws, the class is the code.
function native(call) {
  try {
    return call();
  } catch (error) {
    throw Object.hasOwn(classes, error.code) ? made(classes[error.code], error.message) : error;
  }
}

// What kind of value this is, for a TypeError: never the value.
function kind(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}

module.exports = { ...classes, kind, native, refused };
