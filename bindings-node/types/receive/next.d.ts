// API routes in the pages folder of Next.js; those in the app folder are of `hookseal/web`.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Receiver } from "./index.js";
import type { Added, NodeHandler, NodeListener } from "./node.js";

export { BodyConsumedError, Receiver } from "./index.js";

/**
 * An API route, of whose body Next.js must have read nothing.
 *
 * ```ts
 * export const config = { api: { bodyParser: false } };
 * export default webhook(stripe, (delivery, request, response) => {
 *   response.send(`took ${delivery.eventId}`);
 * });
 * ```
 *
 * A build of Next.js loads the routes: give it the environment variable too.
 *
 * @throws {BodyConsumedError} `config` is missing.
 */
export declare function webhook<
  Request extends IncomingMessage = IncomingMessage & Added,
  Response extends ServerResponse = ServerResponse & Added,
>(receiver: Receiver, handler?: NodeHandler<Request, Response>): NodeListener<Request, Response>;
