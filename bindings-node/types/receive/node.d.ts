// What the helpers take of Node, and of what frameworks make of it.

import type { Delivery } from "../index.js";

/** What a framework adds; for its own types write `(delivery, request: express.Request) => …`. */
export interface Added {
  [name: string]: any;
}

/** What a framework is told to go on with, or of an error. */
export type Next = (error?: any) => unknown;

/**
 * Takes a delivery, once it is verified. One that takes the response answers the request; of one
 * that does not, the delivery is acknowledged as soon as it has returned, or its promise is kept.
 */
export type NodeHandler<Request, Response> = (
  delivery: Delivery,
  request: Request,
  response: Response,
  next: Next,
) => unknown;

/** A listener, or a route's handler. */
export type NodeListener<Request, Response> = (
  request: Request,
  response: Response,
  next?: Next,
) => Promise<void>;
