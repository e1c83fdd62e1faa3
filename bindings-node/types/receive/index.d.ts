// Deliveries received by a web framework: what every helper is made of.

import type {
  Answer,
  Capture,
  Delivery,
  DeliveryCode,
  Provider,
  ReceiverCode,
  Scheme,
  SchemeFacts,
  Secret,
  Verifier,
  VerifierOptions,
} from "../index.js";

export type { Capture, CapturedRequest } from "../index.js";

/** The largest body that is read unless `bodyLimit` says otherwise: that of a `Verifier`. */
export declare const BODY_LIMIT: number;

/** Why a delivery was refused: a code of `VerificationError`, or that its sender is not listed. */
export type RefusalCode = DeliveryCode | "address_not_allowed";

/** What is told of a delivery. */
export interface About {
  /** A sentence, for your log. */
  readonly message: string;
  readonly scheme: string;
  readonly eventId: string | undefined;
  /** What the handler has thrown, or the store's client. */
  readonly error: unknown;
}

/** Is told what became of a delivery; without it `console.warn` is, of what needs somebody. */
export type OnOutcome = (code: ReceiverCode, about: About) => unknown;

/** One of the stores of `hookseal/claims`. */
export interface ClaimsLike {
  readonly keep: number;
  claim(delivery: Delivery): Promise<unknown>;
  handle(
    delivery: Delivery,
    handler: (delivery: Delivery) => any,
    options?: { readonly isFailed?: (value: any) => boolean; readonly onOutcome?: OnOutcome },
  ): Promise<any>;
}

/** One of the inboxes of `hookseal/claims`. */
export interface InboxLike {
  readonly keep: number;
  put(delivery: Delivery): Promise<unknown>;
  receive(
    delivery: Delivery,
    options?: { readonly onOutcome?: OnOutcome | undefined },
  ): Promise<any>;
}

/** A request without its body. */
export interface Head {
  readonly method: string;
  /** Path and query as they came over the wire: no escape decoded, none added. */
  readonly target: string;
  /** Names and values as they came over the wire, repeats and all. */
  readonly headers: readonly (readonly [string, string])[];
  /** The address at the other end of the connection. */
  readonly peer?: string | undefined;
}

/** The secret itself, or better the name of the environment variable that holds it. */
export type SecretOptions =
  | { readonly secret: Secret; readonly secretEnv?: undefined }
  | {
      /**
       * For a rotation an array of names. When a variable is not set, or what it holds cannot be a
       * secret, the process ends with status 2 and one line on standard error: make the receiver
       * where the application is loaded, and it never listens.
       */
      readonly secretEnv: string | readonly string[];
      readonly secret?: undefined;
    };

/** How a `Receiver` is set up. */
export type ReceiverOptions = SecretOptions &
  Omit<VerifierOptions, "dangerAnyTime"> & {
    /**
     * The public address, for schemes that sign it: with a path it is the URL as configured at the
     * provider, to which the request's query is added; without one (`https://example.com`) the
     * request's path is added too.
     */
    readonly url?: string | undefined;
    /** What was agreed on for an endpoint validation, as Meta's verify token. */
    readonly expected?: string | undefined;
    /** The name of the environment variable that holds it, as `secretEnv`. */
    readonly expectedEnv?: string | undefined;
    /**
     * The networks (CIDR blocks, or single addresses) that deliveries may come from: beside the
     * signature, never instead of it.
     */
    readonly allowFrom?: string | readonly string[] | undefined;
    /** How many proxies of your own add to `X-Forwarded-For` on the way; without it, none. */
    readonly trustedProxies?: number | undefined;
    /**
     * Is called with the code and the request; without it `console.warn` is, with the code alone.
     * Whatever becomes of it, the sender gets the same answer.
     */
    readonly onRefused?: ((code: RefusalCode, capture: Capture) => unknown) | undefined;
    /**
     * Knows which deliveries were handled, so that each is handled once: a store of
     * `hookseal/claims`. The handler of a webhook is run under a lease, and the provider is told that
     * it has taken a delivery once that is noted.
     */
    readonly claims?: ClaimsLike | undefined;
    /**
     * Stores deliveries for a worker: an inbox of `hookseal/claims`. The webhook has no handler then,
     * and answers at once.
     */
    readonly inbox?: InboxLike | undefined;
    /**
     * Is called with what became of a delivery, where it was not simply handled; without it
     * `console.warn` is, with what somebody has to look into.
     */
    readonly onOutcome?: OnOutcome | undefined;
    /** The clock: Unix time in seconds, or a `Date`. */
    readonly now?: (() => number | Date) | undefined;
  };

/**
 * One endpoint: which provider's deliveries it takes, and under which secret. Make it once, where
 * the application is loaded.
 *
 * ```ts
 * const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });
 * ```
 */
export declare class Receiver {
  /**
   * @throws {SecretError} The secret cannot be used.
   * @throws {SchemeError} The scheme, the URL, a network or a limit is wrong.
   * @throws {RangeError} The claims forget a delivery while it is fresh.
   * @throws {TypeError} An option is of another type, or there is none of its name.
   */
  constructor(provider: Provider | Scheme | SchemeFacts, options: ReceiverOptions);
  readonly verifier: Verifier;
  /** The largest body that is read, in bytes. */
  readonly bodyLimit: number;
  /**
   * Judges one request: a delivery to handle (`instanceof Delivery`), or the answer to send.
   *
   * @throws {TypeError} The receiver has claims or an inbox, which a `webhook` asks.
   */
  receive(head: Head, body: Uint8Array): Delivery | Answer;
  /** The refusal of a request whose head declares a larger body than is read. */
  tooLarge(head: Head): Answer | undefined;
  /** The refusal of a body that is too large to have been read. */
  refuseSize(head: Head): Answer;
  /** What the provider wants to read for a delivery that was taken. */
  acknowledgement(): Answer;
}

/**
 * The raw body is gone: something read or parsed it first. It is a mistake of the application, and
 * no refusal; the message says which line to move where.
 */
export declare class BodyConsumedError extends Error {
  private constructor();
  readonly name: "BodyConsumedError";
  readonly code: "HOOKSEAL_BODY_CONSUMED";
}
