// Compiled, not run: the helpers where the frameworks' own types are.

import functions from "@google-cloud/functions-framework";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import type { Delivery } from "hookseal";
import * as ofFunctions from "hookseal/cloud-functions";
import * as ofExpress from "hookseal/express";
import * as ofFastify from "hookseal/fastify";
import * as ofHttp from "hookseal/http";
import * as ofKoa from "hookseal/koa";
import * as ofLambda from "hookseal/lambda";
import { WebhookGuard, deliveryOf } from "hookseal/nest";
import * as ofNext from "hookseal/next";
import { Receiver } from "hookseal/receive";
import { verifyRequest, webhook } from "hookseal/web";
import Koa from "koa";
import { UseGuards, type CanActivate } from "@nestjs/common";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined {
  return undefined;
}

const stripe = new Receiver("stripe", { secretEnv: "STRIPE_WEBHOOK_SECRET" });

express().post(
  "/stripe/:id",
  ofExpress.webhook(stripe, (delivery, request, response, next) => {
    is<Same<typeof delivery, Delivery>>();
    response.status(200).send(request.get("host"));
    next();
  }),
);
express().use(ofExpress.webhook(stripe, async (delivery) => void delivery.json()));
express().post(
  "/typed",
  ofExpress.webhook(stripe, (_, request: express.Request, response: express.Response) => {
    response.json(request.query);
  }),
);

const app = fastify();
app.register(
  ofFastify.webhook(stripe, async (delivery, request, reply) => {
    reply.code(200);
    return request.originalUrl + delivery.eventId;
  }),
  { prefix: "/stripe" },
);

new Koa().use(
  ofKoa.webhook(stripe, async (delivery, ctx, next) => {
    ctx.body = delivery.eventId;
    await next();
  }),
);
new Koa().use(
  ofKoa.webhook(stripe, (delivery, ctx: Koa.Context) => {
    ctx.redirect(delivery.scheme);
  }),
);

createServer(ofHttp.webhook(stripe, (delivery, request, response) => response.end(request.url)));

functions.http(
  "stripe",
  ofFunctions.webhook(stripe, (delivery, request, response) => {
    response.send(request.rawBody);
  }),
);

interface NextApiRequest extends IncomingMessage {
  query: Partial<Record<string, string | string[]>>;
}
type NextApiResponse = ServerResponse & { json: (body: unknown) => void };
type NextApiHandler = (request: NextApiRequest, response: NextApiResponse) => unknown;
const page: NextApiHandler = ofNext.webhook(stripe, (delivery, request, response) => {
  response.json(request.query["id"]);
});

const guard: CanActivate = new WebhookGuard(stripe);
UseGuards(guard);
is<Same<ReturnType<typeof deliveryOf>, Delivery>>();

export const POST = webhook(stripe, (delivery) => new Response(delivery.eventId));
const inApp: (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response> =
  webhook(stripe, async (delivery, request, context) => {
    is<Same<typeof context, { params: Promise<{ id: string }> }>>();
    return new Response((await context.params).id + request.url);
  });

new Hono().post("/stripe", async (c) => {
  const delivery = await verifyRequest(c.req.raw, stripe, { peer: "::1" });
  if (delivery instanceof Response) return delivery;
  is<Same<typeof delivery, Delivery>>();
  return c.text(delivery.scheme);
});

const handler = ofLambda.webhook(stripe, (delivery, event: { a: 1 }) => {
  return { statusCode: 200, body: delivery.scheme + event.a };
});
const answer = await handler({ a: 1 });
is<Same<typeof answer.statusCode, number>>();

// @ts-expect-error an event of another form
handler({ a: 2 });
// @ts-expect-error a receiver comes first
ofExpress.webhook("stripe", () => undefined);
// @ts-expect-error a number is no response
webhook(stripe, () => 1);
console.log(page, inApp);
