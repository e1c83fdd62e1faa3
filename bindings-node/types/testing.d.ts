// Deliveries for your tests, signed as their provider signs them.

import type { Provider, Scheme, SchemeFacts } from "./index.js";

/** What is to be signed. */
export interface ToDeliver {
  /**
   * Bytes; text, as UTF-8; or a value that is written as JSON, or as a form where the scheme reads
   * one. Without it, an event of the type `test`.
   */
  readonly body?: Uint8Array | ArrayBuffer | string | object | undefined;
  /** A secret of your own, where it is not `secretFor(provider)`. */
  readonly secret?: string | Uint8Array | undefined;
  /** The path of your endpoint; where the provider signs the URL, the whole public address. */
  readonly url?: string | undefined;
  /** Without it, POST. */
  readonly method?: string | undefined;
  /** Sent too, and signed where the scheme signs headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Used where the provider sends it in a header. */
  readonly eventId?: string | undefined;
  /** Unix time in seconds, or a `Date`; without it, the clock's. */
  readonly now?: number | Date | undefined;
}

/**
 * Signs a delivery as its provider does, under `secretFor(provider)` or your own test secret.
 *
 * ```ts
 * const delivery = signDelivery("stripe", { body: { id: "evt_1" }, url: "/stripe" });
 * await delivery.send(request(app)).expect(204); // supertest
 * ```
 *
 * A signature that the provider puts into the body or the URL is put there. Where the time, or
 * another field, is read from the body, give a body that has it.
 *
 * @throws {SigningError} Something is missing that the scheme signs.
 * @throws {SchemeError} The scheme is only verified.
 */
export declare function signDelivery(
  provider: Provider | Scheme | SchemeFacts,
  delivery?: ToDeliver,
): SignedDelivery;

/**
 * The secret that your receiver has in a test: under it `signDelivery` signs. It is the same in
 * every run, and everyone knows it. Where deliveries are verified with a public key, it is that.
 *
 * @throws {SchemeError} The scheme is only verified, and so nothing can be signed for a test.
 */
export declare function secretFor(provider: Provider | Scheme | SchemeFacts): string;

/** A request that verifies. */
export declare class SignedDelivery {
  private constructor();
  readonly method: string;
  /** As it was given, with the signature where it is a part of the URL. */
  readonly url: string;
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** In Node it is a `Buffer`. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Path and query of the URL. */
  readonly target: string;
  /** The same with other parts: a forged delivery. */
  with(
    changes: Partial<Pick<SignedDelivery, "method" | "url" | "headers" | "body">>,
  ): SignedDelivery;
  /**
   * As a `Request`, for a Next.js route or a Worker: `await POST(delivery.request())`.
   *
   * @param path Where your endpoint is, if that is not what the URL says.
   */
  request(path?: string): Request;
  /**
   * Sends it to a server under test: supertest's `request(app)`; an app that has `inject`, as
   * Fastify's, or `request`, as Hono's; or a function that takes a `Request`.
   *
   * @param path Where your endpoint is, if that is not what the URL says.
   * @returns What the client gives: `await` it.
   */
  send<Answer>(client: Client<Answer>, path?: string): Answer;
  /**
   * As an event of AWS Lambda: of API Gateway (payload format 1.0, or 2.0, which function URLs have
   * too) or of an application load balancer.
   */
  lambdaEvent(format: "1.0"): LambdaEventV1;
  lambdaEvent(format?: "2.0"): LambdaEventV2;
  lambdaEvent(format: "alb"): LambdaEventAlb;
}

/** What a delivery can be sent to. */
export type Client<Answer> =
  | { inject(injection: Injection): Answer }
  | { request(request: Request): Answer }
  | { post(path: string): Answer }
  | ((request: Request) => Answer);

/** A request as `light-my-request` takes it, which is what Fastify's `inject` is. */
export interface Injection {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
  url: string;
  headers: Record<string, string>;
  payload: Uint8Array;
}

interface LambdaBody {
  body: string;
  isBase64Encoded: boolean;
}

/** The fields that a handler reads of an event in payload format 1.0. */
export interface LambdaEventV1 extends LambdaBody {
  version: "1.0";
  resource: string;
  path: string;
  httpMethod: string;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  queryStringParameters: Record<string, string>;
  multiValueQueryStringParameters: Record<string, string[]>;
  requestContext: { domainName: string; httpMethod: string; path: string; stage: string };
}

/** The fields that a handler reads of an event in payload format 2.0. */
export interface LambdaEventV2 extends LambdaBody {
  version: "2.0";
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  headers: Record<string, string>;
  requestContext: {
    domainName: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    routeKey: string;
    stage: string;
  };
}

/** The fields that a handler reads of an event of a load balancer. */
export interface LambdaEventAlb extends LambdaBody {
  requestContext: { elb: { targetGroupArn: string } };
  httpMethod: string;
  path: string;
  headers: Record<string, string>;
  queryStringParameters: Record<string, string>;
}
