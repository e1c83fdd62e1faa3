"use strict";

// What is Node's own. The package for browsers has another module in place of this one.

const { Buffer } = require("node:buffer");
const { isAnyArrayBuffer, isDate, isUint8Array } = require("node:util/types");

function fromBase64(text) {
  return Buffer.from(text, "base64");
}

function latin1Of(bytes) {
  return Buffer.prototype.latin1Slice.call(bytes, 0, bytes.length);
}

module.exports = { Buffer, fromBase64, isAnyArrayBuffer, isDate, isUint8Array, latin1Of };
