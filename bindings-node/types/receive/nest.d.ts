// NestJS, on Express and on Fastify.

import type { Delivery } from "../index.js";
import type { Receiver } from "./index.js";

export { BodyConsumedError, Receiver } from "./index.js";

/** What is taken of Nest's context. */
export interface ExecutionContext {
  switchToHttp(): { getRequest(): any; getResponse(): any };
}

/**
 * A guard. It answers a delivery that is refused, and endpoint validations. The application has to
 * keep the raw body: `NestFactory.create(AppModule, { rawBody: true })`.
 *
 * ```ts
 * @Post()
 * @UseGuards(new WebhookGuard(stripe))
 * take(@Req() request: Request) {
 *   return `took ${deliveryOf(request).eventId}`;
 * }
 * ```
 */
export declare class WebhookGuard {
  constructor(receiver: Receiver);
  /** @throws {BodyConsumedError} The raw body was not kept. */
  canActivate(context: ExecutionContext): Promise<boolean>;
}

/**
 * The delivery that a guard has verified.
 *
 * @throws {TypeError} There is no guard on this handler.
 */
export declare function deliveryOf(request: object): Delivery;
