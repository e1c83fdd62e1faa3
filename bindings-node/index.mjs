// The CommonJS modules, so that a class is one class however it is imported.
import hookseal from "./index.cjs";

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
