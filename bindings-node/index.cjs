"use strict";

const { readCapture } = require("./lib/capture.cjs");
const { Delivery } = require("./lib/delivery.cjs");
const {
  BodyUnsignedError,
  CaptureError,
  SchemeError,
  SecretError,
  SigningError,
  VerificationError,
} = require("./lib/errors.cjs");
const { acknowledgement, detect, enrol, handshake } = require("./lib/handshake.cjs");
const { PUBLIC_MESSAGE } = require("./lib/native.cjs");
const { Scheme, providers } = require("./lib/scheme.cjs");
const { Verifier, explain, sign, verify } = require("./lib/verifier.cjs");

module.exports = {
  BodyUnsignedError,
  CaptureError,
  Delivery,
  PUBLIC_MESSAGE,
  Scheme,
  SchemeError,
  SecretError,
  SigningError,
  VerificationError,
  Verifier,
  acknowledgement,
  detect,
  enrol,
  explain,
  handshake,
  providers,
  readCapture,
  sign,
  verify,
};
