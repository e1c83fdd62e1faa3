// AWS Lambda: events of API Gateway (REST and HTTP APIs), of function URLs and of load balancers.

import type { Delivery } from "../index.js";
import type { Receiver } from "./index.js";

export { BodyConsumedError, Receiver } from "./index.js";

/** The answer, in the form of the event. */
export interface LambdaResponse {
  statusCode: number;
  body: string;
  isBase64Encoded: boolean;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  statusDescription?: string;
}

/**
 * A function. One that returns nothing has taken the delivery.
 *
 * ```ts
 * export const handler = webhook(stripe, (delivery) => {
 *   return { statusCode: 200, body: `took ${delivery.eventId}` };
 * });
 * ```
 *
 * Where the signature is over the query, or the body is not UTF-8: REST APIs hand over a query that
 * is decoded and sorted, and binary bodies only of the configured media types.
 *
 * @throws {BodyConsumedError} The event is no HTTP request with its raw body.
 */
export declare function webhook<Event = any, Context = any, Result = unknown>(
  receiver: Receiver,
  handler?: (delivery: Delivery, event: Event, context: Context) => Result,
): (event: Event, context?: Context) => Promise<Exclude<Awaited<Result>, void> | LambdaResponse>;
