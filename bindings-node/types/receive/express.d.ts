// Express 4 and 5.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Receiver } from "./index.js";
import type { Added, NodeHandler, NodeListener } from "./node.js";

export { BodyConsumedError, Receiver } from "./index.js";

/**
 * A route's handler. It reads the raw body itself: put it above `app.use(express.json())`.
 *
 * ```ts
 * app.post("/stripe", webhook(stripe, (delivery, request, response) => {
 *   response.send(`took ${delivery.eventId}`);
 * }));
 * ```
 *
 * What the handler throws, and a `BodyConsumedError`, goes to `next`.
 */
export declare function webhook<
  Request extends IncomingMessage = IncomingMessage & Added,
  Response extends ServerResponse = ServerResponse & Added,
>(receiver: Receiver, handler?: NodeHandler<Request, Response>): NodeListener<Request, Response>;
