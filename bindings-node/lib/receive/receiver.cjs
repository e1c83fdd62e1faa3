"use strict";

// One endpoint: whose deliveries it takes, under which secret, and from where. Every helper is made
// of it: a request in, a delivery or an answer out.

const { Capture } = require("../capture.cjs");
const { SecretError, VerificationError, native } = require("../errors.cjs");
const { acknowledgement, handshake } = require("../handshake.cjs");
const { ALL, read } = require("../headers.cjs");
const { bytesOf } = require("../memory.cjs");
const core = require("../native.cjs");
const { inspect, rowOf } = require("../scheme.cjs");
const { Verifier, windowOf } = require("../verifier.cjs");
const { end, variable } = require("./environment.cjs");
const { parted } = require("./options.cjs");
const { outcome } = require("./outcome.cjs");

// The largest body that is read unless an option says otherwise: that of a Verifier.
const BODY_LIMIT = core.defaultBodyLimit();

const NOT_ALLOWED = outcome("address_not_allowed");

let judged;
let handlingOf;

class Receiver {
  #verifier;
  #strict; // one that takes no body: it knows how a body that is too large is refused
  #endpoint;
  #bodyLimit;
  #expected;
  #isListed;
  #onRefused;
  #now;
  #handling; // what knows which deliveries were handled, and who is told of it

  static {
    judged = (receiver, head, body) => receiver.#receive(head, body);
    handlingOf = (receiver) => receiver.#handling;
  }

  constructor(provider, options) {
    const [own, { bodyLimit = BODY_LIMIT, ...limits }] = parted(options);
    this.#expected = own.expectedEnv === undefined ? own.expected : variable(own.expectedEnv);
    this.#verifier = verifierOf(provider, own, { ...limits, bodyLimit });
    this.#strict = verifierOf(provider, own, { ...limits, bodyLimit: 0 });
    this.#endpoint = endpointOf(this.#verifier.scheme, own);
    this.#bodyLimit = bodyLimit;
    this.#isListed = own.allowFrom !== undefined;
    this.#onRefused = own.onRefused;
    this.#now = own.now;
    this.#handling = handling(this.#verifier, own);
  }

  get verifier() {
    return this.#verifier;
  }

  get bodyLimit() {
    return this.#bodyLimit;
  }

  // Judges one request: a delivery to handle, or the answer to send.
  receive(head, body) {
    if (this.#handling !== undefined) {
      throw new TypeError(
        "this receiver has claims or an inbox, which a webhook(receiver, handler) asks; else make " +
          "it without them, and call claims.handle(delivery, handler) or inbox.receive(delivery)",
      );
    }
    return this.#receive(head, body);
  }

  #receive(head, body) {
    return this.#judged(head, body, () => {
      const { method, headers, target } = head;
      const now = this.#now?.();
      const request = { body, headers, url: this.#endpoint.url(target), method, now };
      const answer = handshake(this.#verifier, { ...request, expected: this.#expected });
      return answer ?? this.#verifier.verify(request);
    });
  }

  // The refusal of a request whose head declares a larger body than is read.
  tooLarge(head) {
    return declaredLength(head) > this.#bodyLimit ? this.refuseSize(head) : undefined;
  }

  // The refusal of a body that is too large to have been read.
  refuseSize(head) {
    const none = new Uint8Array(0);
    return this.#judged(head, none, () => this.#strict.verify({ bodyText: "1", headers: [] }));
  }

  // What the provider wants to read for a delivery that was taken.
  acknowledgement() {
    return acknowledgement(this.#verifier);
  }

  #judged(head, body, judge) {
    if (!this.#isAllowed(head)) return this.#refuse(head, body, NOT_ALLOWED);
    try {
      return judge();
    } catch (error) {
      if (error instanceof VerificationError) return this.#refuse(head, body, error);
      throw error;
    }
  }

  #isAllowed({ headers, peer }) {
    return !this.#isListed || this.#endpoint.isAllowed(peer, bytesOf(read(headers, ALL)));
  }

  // The same line whatever the reason was; the reason is for the receiver only.
  #refuse(head, body, { code, message, status }) {
    if (this.#onRefused === undefined) {
      const { name } = this.#verifier.scheme;
      console.warn(`hookseal: a delivery of ${name} was refused: ${code}: ${message}`);
    } else {
      const capture = new Capture({ ...head, url: this.#endpoint.url(head.target), body });
      report(() => this.#onRefused(code, capture));
    }
    const headers = Object.freeze({ "content-type": "text/plain; charset=utf-8" });
    return Object.freeze({ status, headers, body: core.PUBLIC_MESSAGE });
  }

  [inspect]() {
    return `Receiver of ${JSON.stringify(this.#verifier.scheme.name)}`;
  }
}

// Of a genuine delivery that comes again while it is fresh, it has to be known that it was handled.
function handling(verifier, { claims, inbox, onOutcome }) {
  const store = claims ?? inbox;
  if (store === undefined) return undefined;
  const window = windowOf(verifier);
  if (window !== undefined && store.keep < window) {
    throw new RangeError(`keep is at least ${window} seconds, for as long as a delivery is fresh`);
  }
  return Object.freeze({ claims, inbox, onOutcome });
}

// When the secret of the environment cannot be used, the process ends.
function verifierOf(provider, { secret, secretEnv }, limits) {
  if (secretEnv === undefined) return new Verifier(provider, secret, limits);
  const names = [secretEnv].flat();
  try {
    return new Verifier(provider, names.map(variable), limits);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    const { code, message } = error;
    return end(
      `the secret in ${names.join(" or ") || "no variable"} is no good: ${code}: ${message}`,
    );
  }
}

function endpointOf(scheme, { url, allowFrom, trustedProxies = 0 }) {
  const listed = allowFrom === undefined ? undefined : [allowFrom].flat();
  return native(() => new core.Endpoint(rowOf(scheme).row, url, listed, trustedProxies));
}

// The length that a request declares; 0 where it declares none.
function declaredLength({ headers }) {
  const declared = headers.find(([name]) => name.toLowerCase() === "content-length");
  const text = declared?.[1].trim() ?? "";
  return /^\d{1,19}$/.test(text) ? Number(text) : 0;
}

// The sender gets the same answer whatever becomes of the report.
function report(call) {
  new Promise((resolve) => resolve(call())).catch((error) => {
    console.error("hookseal: onRefused failed", error);
  });
}

module.exports = { BODY_LIMIT, Receiver, declaredLength, handlingOf, judged };
