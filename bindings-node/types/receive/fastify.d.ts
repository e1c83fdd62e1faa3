// Fastify.

import type { IncomingMessage } from "node:http";

import type { Delivery } from "../index.js";
import type { Receiver } from "./index.js";

export { BodyConsumedError, Receiver } from "./index.js";

/** What is taken of Fastify's request. */
export interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly originalUrl: string;
}

/** What is taken of Fastify's reply. */
export interface FastifyReply {
  code(status: number): any;
  send(payload?: unknown): any;
}

/** What is taken of an instance of Fastify. */
export interface FastifyInstance {
  removeAllContentTypeParsers(): void;
  addContentTypeParser: (...parser: any[]) => any;
  all: (...route: any[]) => any;
}

/**
 * A plugin with one route, whose body nothing else parses. Its path is the `prefix`:
 *
 * ```ts
 * app.register(
 *   webhook(stripe, (delivery) => `took ${delivery.eventId}`),
 *   { prefix: "/stripe" },
 * );
 * ```
 *
 * What the handler returns is sent. One that returns nothing, and takes no `reply`, has its
 * delivery acknowledged.
 */
export declare function webhook<
  Request extends FastifyRequest = FastifyRequest,
  Reply extends FastifyReply = FastifyReply,
>(
  receiver: Receiver,
  handler?: (delivery: Delivery, request: Request, reply: Reply) => unknown,
): (instance: FastifyInstance) => Promise<void>;
