// The package: the JavaScript half of `hookseal`, over WebAssembly.

import hookseal from "../../bindings-node/index.cjs";
import web from "../../bindings-node/lib/receive/web.cjs";

export const {
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
} = hookseal;

// Requests and responses of the Web standard.
export const { BodyConsumedError, Receiver, verifyRequest, webhook } = web;
