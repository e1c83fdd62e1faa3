// Requests and responses of the Web standard: the app router of Next.js, Hono, Bun, Deno, Workers.

import type { Delivery, Provider, Scheme, SchemeFacts } from "../index.js";
import type { Receiver, ReceiverOptions } from "./index.js";

export { BodyConsumedError, Receiver } from "./index.js";

/** A receiver that is made for one request, where the secret comes with it, as in Workers. */
export type RequestOptions = ReceiverOptions & {
  readonly provider: Provider | Scheme | SchemeFacts;
};

/** What a `Request` does not tell of its connection, and a server may. */
export interface Connection {
  /** The address of the sender, for `allowFrom`. */
  readonly peer?: string | undefined;
  /** Node's headers: a `Request` joins those that were sent twice. */
  readonly rawHeaders?: readonly string[] | undefined;
}

/**
 * Verifies a request: gives the delivery, or the response to send.
 *
 * ```ts
 * const delivery = await verifyRequest(request, stripe);
 * if (delivery instanceof Response) return delivery;
 * ```
 *
 * @throws {BodyConsumedError} Something has read the body of the request before.
 * @throws {TypeError} The receiver has claims or an inbox, which `webhook` asks.
 */
export declare function verifyRequest(
  request: Request,
  receiver: Receiver | RequestOptions,
  connection?: Connection,
): Promise<Delivery | Response>;

/**
 * A function from a request to a response. A handler that returns nothing has taken the delivery.
 *
 * ```ts
 * export const POST = webhook(stripe, (delivery) => new Response(`took ${delivery.eventId}`));
 * ```
 *
 * A build of Next.js loads the routes: give it the environment variable of the secret too.
 *
 * @param connectionOf Out of what the function is called with.
 */
export declare function webhook<More extends readonly any[] = readonly any[]>(
  receiver: Receiver,
  handler?: (
    delivery: Delivery,
    request: Request,
    ...more: More
  ) => Response | undefined | void | Promise<Response | undefined | void>,
  connectionOf?: (request: Request, ...more: More) => Connection | undefined,
): (request: Request, ...more: More) => Promise<Response>;
