// The server of Node itself.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Receiver } from "./index.js";
import type { NodeHandler, NodeListener } from "./node.js";

export { BodyConsumedError, Receiver } from "./index.js";

/**
 * A listener: of a server, or called by one of yours for one path.
 *
 * ```ts
 * createServer(webhook(stripe, (delivery, request, response) => {
 *   response.end(`took ${delivery.eventId}`);
 * }));
 * ```
 *
 * What the handler throws, and a `BodyConsumedError`, is answered by 500, and goes to
 * `console.error`.
 */
export declare function webhook<
  Request extends IncomingMessage = IncomingMessage,
  Response extends ServerResponse = ServerResponse,
>(receiver: Receiver, handler?: NodeHandler<Request, Response>): NodeListener<Request, Response>;
