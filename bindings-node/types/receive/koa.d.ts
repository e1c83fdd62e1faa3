// Koa.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Delivery } from "../index.js";
import type { Receiver } from "./index.js";

export { BodyConsumedError, Receiver } from "./index.js";

/** What is taken of Koa's context. */
export interface KoaContext {
  req: IncomingMessage;
  res: ServerResponse;
  request: object;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): void;
}

/**
 * A middleware that reads the raw body itself: put it, or its router, above
 * `app.use(bodyParser())`.
 *
 * ```ts
 * router.post("/stripe", webhook(stripe, (delivery, ctx) => {
 *   ctx.body = `took ${delivery.eventId}`;
 * }));
 * ```
 *
 * A handler that takes the context answers the request; of one that does not, the delivery is
 * acknowledged. What it throws, and a `BodyConsumedError`, goes to Koa.
 */
export declare function webhook<Context extends KoaContext>(
  receiver: Receiver,
  handler?: (delivery: Delivery, ctx: Context, next: () => Promise<any>) => unknown,
): (ctx: Context, next: () => Promise<any>) => Promise<void>;
