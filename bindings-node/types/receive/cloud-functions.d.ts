// Google Cloud Functions, and Cloud Functions for Firebase.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Receiver } from "./index.js";
import type { Added, NodeHandler, NodeListener } from "./node.js";

export { BodyConsumedError, Receiver } from "./index.js";

/**
 * An HTTP function. It takes the `rawBody` of the request.
 *
 * ```ts
 * functions.http("stripe", webhook(stripe, (delivery, request, response) => {
 *   response.send(`took ${delivery.eventId}`);
 * }));
 * ```
 *
 * @throws {BodyConsumedError} Something has parsed the body, and kept nothing of it.
 */
export declare function webhook<
  Request extends IncomingMessage = IncomingMessage & Added,
  Response extends ServerResponse = ServerResponse & Added,
>(receiver: Receiver, handler?: NodeHandler<Request, Response>): NodeListener<Request, Response>;
