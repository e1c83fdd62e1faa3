// The surface of hookseal in TypeScript: of the package for Node, and of the one for browsers.

import type {
  Algorithm,
  CaptureCode,
  CauseCode,
  Certainty,
  Clock,
  Confidence,
  Coverage,
  DeliveryCode,
  Encoding,
  FindingCode,
  Framework,
  Identity,
  KeyFormat,
  Outcome,
  Provider,
  Retry,
  SchemeCode,
  SecretCode,
  Severity,
  StepName,
  Weakness,
  When,
} from "./names.js";

export type * from "./names.js";

/** The one line of text for the sender, whatever the reason of a refusal was. */
export declare const PUBLIC_MESSAGE: string;

/** A secret as the provider shows it; several, at most four, while they are rotated. */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[];

/**
 * Headers as received: an object (of any case; a value may be an array), a `Headers`, pairs, or
 * Node's `rawHeaders`. Best are those that keep repeats apart: `rawHeaders`, pairs.
 */
export type HeadersLike =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string | readonly string[]]>
  | readonly string[];

/** The raw bytes of a body, before any parsing; or, by its name, text that is sent as UTF-8. */
export type RawBody =
  | { readonly body: Uint8Array | ArrayBuffer; readonly bodyText?: undefined }
  | { readonly bodyText: string; readonly body?: undefined };

/** What a request is beside its body. */
export interface RequestLine {
  /** For schemes that sign it: the URL as it is configured at the provider. */
  readonly url?: string | undefined;
  /** For schemes that sign it: the HTTP method, upper case. */
  readonly method?: string | undefined;
  /** Unix time in seconds, or a `Date`; without it, the clock's. */
  readonly now?: number | Date | undefined;
}

/** One delivery as it was received. */
export type Received = RawBody & RequestLine & { readonly headers: HeadersLike };

/** How a `Verifier` is set up. */
export interface VerifierOptions {
  /** How many seconds a delivery's time may lie in the past; without it, as the scheme says. */
  readonly tolerance?: number | undefined;
  /** How many seconds it may lie in the future. */
  readonly futureTolerance?: number | undefined;
  /** The largest body that is read, in bytes; without it, 32 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Takes secrets shorter than 16 bytes, which can be guessed. */
  readonly dangerWeakSecret?: boolean | undefined;
  /** No window at all: for captured deliveries on your own machine. */
  readonly dangerAnyTime?: boolean | undefined;
}

/**
 * Verifies deliveries of one provider. Make it once, and keep it: its key is prepared.
 *
 * ```ts
 * const verifier = new Verifier("stripe", process.env.STRIPE_SECRET!);
 * const delivery = verifier.verify({ body: rawBody, headers: request.headers });
 * ```
 */
export declare class Verifier {
  /**
   * @param provider A name out of `providers()`, or a scheme of your own.
   * @throws {SecretError} The secret cannot be used.
   * @throws {SchemeError} The scheme, or an option, is wrong.
   * @throws {TypeError} An argument is of another type.
   */
  constructor(provider: Provider | Scheme | SchemeFacts, secret: Secret, options?: VerifierOptions);
  /** The scheme that is verified. */
  readonly scheme: Scheme;
  /**
   * Verifies one delivery.
   *
   * @throws {VerificationError} It must be refused: answer with `status`, log `code`.
   * @throws {TypeError} The body is no longer raw, or an argument is of another type.
   */
  verify(received: Received): Delivery;
  /** As the function `sign`, with the first secret. */
  sign(delivery: ToSign): Signed;
  /** As the function `explain`, with the same secrets and options. */
  explain(received: ToExplain): Explanation;
}

/** Verifies one delivery in one call. A `Verifier` that is kept is faster. */
export declare function verify(
  provider: Provider | Scheme | SchemeFacts,
  secret: Secret,
  received: Received,
  options?: VerifierOptions,
): Delivery;

/** A verified delivery. Only `verify` makes one. What is not asked for is not computed. */
export declare class Delivery {
  private constructor();
  /**
   * The raw body that was verified: a copy, which later writes to the received memory do not
   * reach. In Node it is a `Buffer`.
   *
   * @throws {BodyUnsignedError} The scheme does not sign all of the body: see `bound`, and
   *   `dangerUnsignedBody`.
   */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The raw body, whether or not the signature covers it. */
  readonly dangerUnsignedBody: Uint8Array<ArrayBuffer>;
  /**
   * The body as JSON, which is parsed only now, as `JSON.parse` does it.
   *
   * @throws {SyntaxError} It is not JSON.
   * @throws {TypeError} It is not UTF-8.
   * @throws {BodyUnsignedError} As `body`.
   */
  json(): unknown;
  /** The event id; whether it can be relied on is in `bound.eventId`. */
  readonly eventId: string | undefined;
  /** The type of the event, where the scheme knows where it is. */
  readonly eventType: string | undefined;
  /** The signed time. */
  readonly sentAt: Date | undefined;
  /** Which secret matched, in the order in which they were given. */
  readonly secretIndex: number;
  /** What the signature covers. */
  readonly bound: Bound;
  /** The name of the scheme. */
  readonly scheme: string;
  /**
   * 32 bytes under which to note that this delivery was handled: a retry has the same.
   *
   * @param scope Your own: an endpoint, a tenant.
   */
  replayKey(scope?: string | Uint8Array): Uint8Array<ArrayBuffer>;
}

/** What a signature covers. What it does not cover, whoever sees a delivery can change. */
export interface Bound {
  /** How much of the body. */
  readonly body: Coverage;
  readonly eventId: boolean;
  /** Without it an old delivery can be sent again at any time. */
  readonly timestamp: boolean;
  readonly url: boolean;
  readonly method: boolean;
}

/** A delivery that is to be signed. */
export type ToSign = RawBody &
  RequestLine & {
    /** Needed where the scheme signs an id that is in a header. */
    readonly eventId?: string | undefined;
    /** Headers of the request that the scheme signs. */
    readonly headers?: HeadersLike | undefined;
  };

/** What makes a signed delivery of a body. */
export interface Signed {
  /** The headers to send with it. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The bare signature. The few schemes whose signature is no header, but a field of the body or
   * a parameter of the URL, have it nowhere else: put it there.
   */
  readonly signature: string;
}

/**
 * Signs a body as the provider does: for a test, or for a sender of your own. Where it is verified
 * with a public key, `secret` is the private one.
 *
 * @throws {SecretError} The secret cannot be used.
 * @throws {SchemeError} The scheme is only verified.
 * @throws {SigningError} Something is missing that the scheme signs.
 */
export declare function sign(
  provider: Provider | Scheme | SchemeFacts,
  secret: Secret,
  delivery: ToSign,
  options?: VerifierOptions,
): Signed;

/** A delivery of which somebody asks why it is refused. */
export type ToExplain = Received & {
  /** Secrets that you hold, but that the verifier does not have. */
  readonly otherSecrets?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** What receives the delivery, so that the fix names its raw body. */
  readonly framework?: Framework | undefined;
  /** Shows in the report the bytes that are signed, which are the delivery's: not for a log. */
  readonly showContent?: boolean | undefined;
  /** Colours the report, for a terminal. */
  readonly showColours?: boolean | undefined;
  /** Gives `expected`, which forges this delivery: for your own eyes alone. */
  readonly dangerShowExpected?: boolean | undefined;
};

/** Why a delivery is refused, or that it is not: for the receiver, never for the sender. */
export interface Explanation {
  readonly scheme: string;
  readonly verdict: "verified" | DeliveryCode | SecretCode | SchemeCode;
  readonly message: string;
  readonly steps: readonly {
    readonly name: StepName;
    readonly outcome: Outcome;
    readonly note: string;
  }[];
  /** The parts of the signed content, in bytes. */
  readonly signed: readonly {
    readonly name: string;
    readonly offset: number;
    readonly length: number;
  }[];
  /** A fingerprint of each secret. */
  readonly secrets: readonly string[];
  /** What went wrong, the surest first. */
  readonly causes: readonly {
    readonly code: CauseCode;
    readonly confidence: Certainty;
    readonly what: string;
    readonly fix: string;
  }[];
  /** What was tried in vain. */
  readonly excluded: readonly string[];
  readonly trials: number;
  /** All of it, written for people, in 80 columns. */
  readonly report: string;
  /**
   * With `dangerShowExpected`, the signature that would verify, where it can be made: whoever has
   * it can forge this delivery. No copy, log or JSON of the explanation shows it.
   */
  readonly expected: string | undefined;
}

/** Finds out why a delivery is refused. A secret that cannot be used is explained too. */
export declare function explain(
  provider: Provider | Scheme | SchemeFacts,
  secret: Secret,
  received: ToExplain,
  options?: VerifierOptions,
): Explanation;

/**
 * A captured request, as `verify` and `explain` take it; `JSON.stringify` makes of it what
 * `readCapture` and the command line read. It holds all that the sender wrote: keep it as you keep
 * the deliveries themselves.
 */
export interface Capture {
  /** The method, where the capture tells it. */
  method: string | undefined;
  /** The URL, where the capture tells it: give the one of the provider's settings if you can. */
  url: string | undefined;
  /** Pairs of name and value, as Node decodes them: a character is a byte. */
  headers: readonly (readonly [string, string])[];
  body: Uint8Array;
  toJSON(): CapturedRequest;
}

/** A request in the JSON form; what is not UTF-8 is in base64. */
export interface CapturedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly (readonly [string, string | { readonly base64: string }])[];
  readonly body?: string;
  readonly body_base64?: string;
}

/**
 * Reads a request out of raw HTTP, a HAR file, a curl command, an AWS Lambda event, or JSON. Text
 * is taken as UTF-8.
 *
 * ```ts
 * const found = explain("stripe", secret, readCapture(readFileSync("request.http")));
 * ```
 *
 * @throws {CaptureError} It holds no request, or more than one.
 */
export declare function readCapture(captured: Uint8Array | ArrayBuffer | string): Capture;

/** Every provider that is known, by name. */
export declare function providers(): Scheme[];

/**
 * The names of the providers whose deliveries have such headers, the best first. It is a guess from
 * headers alone: nothing is verified.
 */
export declare function detect(headers: HeadersLike): Provider[];

/** What to send for an endpoint validation: `new Response(answer.body, answer)`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Answers an endpoint validation; `undefined` for any other request: go on with `verify`. Most need
 * the key: give the `Verifier`. With a provider's name only those are answered that need none.
 *
 * @throws {VerificationError} It is a validation that must not be answered.
 */
export declare function handshake(
  provider: Verifier | Provider | Scheme | SchemeFacts,
  received: Received & {
    readonly method: string;
    /** The value that was agreed on, where the provider asks for one. */
    readonly expected?: string | undefined;
  },
): Answer | undefined;

/** What the provider wants to read for a delivery that was taken. */
export declare function acknowledgement(
  provider: Verifier | Provider | Scheme | SchemeFacts,
): Answer;

/** What a request brought. */
export interface Enrolment {
  /** The secret, or the text to hand back. */
  readonly value: string;
  /** Whether it is the secret of later deliveries: keep it, and make a `Verifier` of it. */
  readonly isKey: boolean;
  readonly answer: Answer;
}

/**
 * Takes the secret, or the text to hand back, out of a request that brings one. Nobody has signed
 * that request: call this only while a subscription that you have asked for is being set up.
 *
 * @throws {VerificationError} The request brings nothing.
 */
export declare function enrol(
  provider: Verifier | Provider | Scheme | SchemeFacts,
  received: Received & { readonly method: string },
): Enrolment;

/** A weakness of a scheme. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
}

/** How one provider signs: a row of facts, of a provider or of your own. */
export declare class Scheme {
  /** @throws {SchemeError} It does not hold together; `key` tells the key at fault. */
  constructor(facts: SchemeFacts);
  /** Reads a scheme file in TOML. */
  static fromToml(text: string): Scheme;
  /** Reads a scheme file in JSON: its keys are in snake_case, as in TOML. */
  static fromJson(text: string): Scheme;
  /** The name: in lists, in logs, and in replay keys. */
  readonly name: string;
  readonly algorithm: Algorithm;
  /** The template of what is signed. */
  readonly signed: string;
  /** What the signature covers. */
  readonly bound: Bound;
  /** What a retry of a delivery looks like. */
  readonly retry: Retry;
  /** How well the facts are known. */
  readonly confidence: Confidence;
  /** Where the facts were read. */
  readonly source: string;
  /** The scheme as a file in TOML. */
  toToml(): string;
  /** The same facts, with the keys of a scheme file: `fromJson(JSON.stringify(scheme))` is equal. */
  toJSON(): { readonly [key: string]: unknown };
  /** What is weak about it, the gravest first. A finding is no error. */
  lint(): Finding[];
}

/** Where a value is in the request: one place. */
export type SourceFacts = {
  /** Of a list: the bytes at any of which it is parted. */
  readonly split?: string | undefined;
  /** What the value, or the item of the list, begins with. */
  readonly prefix?: string | undefined;
} & PlaceFacts;

/** One place. `"a|b"` names alternatives. */
export type PlaceFacts =
  | { readonly header: string }
  | { readonly json: string }
  | { readonly query: string }
  | { readonly form: string }
  | { readonly claim: string }
  | { readonly body: true };

/** The facts of a scheme, with the words of a scheme file and its keys in camelCase. */
export interface SchemeFacts {
  readonly name: string;
  /** The provider's row to start from. */
  readonly base?: Provider | undefined;
  /** Where the signatures are. It must be there unless there is a `base`. */
  readonly signature?: (SourceFacts & { readonly keyMark?: string | undefined }) | undefined;
  readonly encoding?: Encoding | undefined;
  /** The template of what is signed: `{timestamp}.{body}`. */
  readonly signed?: string | undefined;
  readonly algorithm?: Algorithm | undefined;
  readonly key?:
    | KeyFormat
    | {
        readonly format: KeyFormat;
        readonly prefix?: string | undefined;
        readonly privatePrefix?: string | undefined;
      }
    | undefined;
  readonly keyId?: string | undefined;
  readonly timestamp?:
    | (SourceFacts & {
        readonly clock: Clock;
        readonly past?: number | undefined;
        readonly future?: number | undefined;
      })
    | "none"
    | undefined;
  readonly eventId?: (SourceFacts & { readonly names?: Identity | undefined }) | "none" | undefined;
  readonly eventType?: SourceFacts | "none" | undefined;
  readonly signedHeaders?: SourceFacts | "none" | undefined;
  readonly checks?:
    | readonly (SourceFacts & { readonly equals: string; readonly when?: When | undefined })[]
    | undefined;
  readonly retry?: Retry | undefined;
  readonly admits?: readonly Weakness[] | undefined;
  readonly confidence?: Confidence | undefined;
  readonly source?: string | undefined;
}

/**
 * The delivery is refused. Answer with `status` (401, or 413 for a body too large) and
 * `PUBLIC_MESSAGE`, the same for every refusal; `code` and `message` are for your own log.
 */
export declare class VerificationError extends Error {
  private constructor();
  readonly name: "VerificationError";
  readonly code: DeliveryCode;
  readonly status: 401 | 413;
}

/** Your secret cannot be used. */
export declare class SecretError extends Error {
  private constructor();
  readonly name: "SecretError";
  readonly code: SecretCode;
}

/** Your scheme, or how the verifier is set up, is wrong. */
export declare class SchemeError extends Error {
  private constructor();
  readonly name: "SchemeError";
  readonly code: SchemeCode;
  /** The key at fault, as `timestamp.clock`; empty where it is not one key. */
  readonly key: string;
}

/** A value is missing, or malformed, that the scheme signs. */
export declare class SigningError extends Error {
  private constructor();
  readonly name: "SigningError";
  readonly code: DeliveryCode;
}

/**
 * `Delivery.body` of a scheme that does not sign all of the body. Take from it what was signed, or
 * ask the provider's API for the object; if you must, `dangerUnsignedBody` gives it.
 */
export declare class BodyUnsignedError extends Error {
  private constructor();
  readonly name: "BodyUnsignedError";
  readonly code: FindingCode;
}

/** A captured request cannot be read. */
export declare class CaptureError extends Error {
  private constructor();
  readonly name: "CaptureError";
  readonly code: CaptureCode;
}
