// A body that is gone before it could be verified: the error says which line to move where.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import express from "express";
import express4 from "express4";
import fastify from "fastify";
import { PUBLIC_MESSAGE } from "hookseal";
import * as ofFunctions from "hookseal/cloud-functions";
import * as ofExpress from "hookseal/express";
import * as ofFastify from "hookseal/fastify";
import * as ofHttp from "hookseal/http";
import * as ofKoa from "hookseal/koa";
import * as ofNest from "hookseal/nest";
import * as ofNext from "hookseal/next";
import { Receiver } from "hookseal/receive";
import * as ofWeb from "hookseal/web";
import Koa from "koa";
import bodyParser from "koa-bodyparser";

import { advises } from "./advice.mjs";
import { send } from "./client.mjs";
import { JSON_TYPE, STRIPE_SECRET, byStripe, sent } from "./deliveries.mjs";
import { calls, controller, listen } from "./nest.mjs";

const stripe = new Receiver("stripe", { secret: STRIPE_SECRET, onRefused: () => undefined });
const took = (delivery) => delivery.eventId;

// Sends a delivery to a server that is closed then: the answer's status and text.
async function answerOf(server, delivery = byStripe("/stripe")) {
  if (!server.listening) await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { status, text } = await send(server.address().port, delivery);
    return { status, text };
  } finally {
    server.close();
  }
}

for (const make of [express4, express]) {
  const version = make === express ? 5 : 4;
  const answer = async (parser, delivery) => {
    const errors = [];
    const app = make();
    app.use(parser);
    const webhook = ofExpress.webhook(stripe, (delivery, _, response) => {
      response.send(took(delivery));
    });
    app.post("/stripe", webhook).use((error, request, response, next) => {
      errors.push(error);
      response.status(500).end();
    });
    return { ...(await answerOf(createServer(app), delivery)), error: errors[0] };
  };

  test(`Express ${version}, below its body parsers`, async () => {
    const type = () => true;
    for (const parser of [make.json(), make.text({ type }), make.urlencoded({ type })]) {
      const { status, error } = await answer(parser);
      assert.equal(status, 500);
      advises(error, /above the line app\.use\(express\.json\(\)\)/);
    }
  });

  test(`Express ${version}, where the raw body is kept`, async () => {
    const keep = (request, response, bytes) => Object.assign(request, { rawBody: bytes });
    const others = make.urlencoded();
    for (const parser of [make.raw({ type: "*/*" }), make.json({ verify: keep }), others]) {
      assert.deepEqual(await answer(parser), { status: 200, text: "evt_1", error: undefined });
    }
  });

  test(`Express ${version}, a stream that was given an encoding`, async () => {
    const { error } = await answer((request, response, next) => {
      request.setEncoding("utf8");
      next();
    });
    advises(error, /was given an encoding/);
  });

  test(`Express ${version}, a request without a body`, async () => {
    const { status, text } = await answer(make.json(), sent("/stripe", "", [JSON_TYPE]));
    assert.deepEqual([status, text], [401, PUBLIC_MESSAGE]);
  });
}

test("Fastify, as the handler of a route", async () => {
  const errors = [];
  const app = fastify();
  app.setErrorHandler((error, request, reply) => {
    errors.push(error);
    return reply.code(500).send();
  });
  app.post("/stripe", ofFastify.webhook(stripe, took));
  await app.ready();
  assert.equal((await app.inject(injected(byStripe("/stripe")))).statusCode, 500);
  advises(errors[0], /app\.register\(webhook\(receiver, handler\), \{ prefix: "\/path" \}\)/);
  await app.close();
});

function injected({ path, body, headers, method }) {
  return { url: path, method, payload: body, headers: Object.fromEntries(headers) };
}

test("Fastify, with parsers and routes of its own beside it", async () => {
  const app = fastify();
  app.post("/json", async (request) => request.body.id);
  app.register(ofFastify.webhook(stripe, took), { prefix: "/stripe" });
  const taken = await app.inject(injected(byStripe("/stripe")));
  assert.deepEqual([taken.statusCode, taken.body], [200, "evt_1"]);
  const other = await app.inject(injected(byStripe("/json")));
  assert.deepEqual([other.statusCode, other.body], [200, "evt_1"]);
  const xml = { ...byStripe("/stripe"), headers: [["Content-Type", "text/xml"]] };
  assert.equal((await app.inject(injected(xml))).statusCode, 401);
  await app.close();
});

test("Fastify, a hook that reads the stream", async () => {
  const app = fastify();
  app.addHook("preParsing", async (request, reply, payload) => {
    await payload.toArray();
  });
  app.register(ofFastify.webhook(stripe, took), { prefix: "/stripe" });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { status, text } = await answerOf(app.server);
  assert.equal(status, 500);
  assert.match(JSON.parse(text).message, /preParsing hook/);
  await app.close();
});

test("Koa, below a body parser", async () => {
  const app = new Koa();
  const errors = [];
  app.on("error", (error) => errors.push(error));
  app.use(bodyParser()).use(ofKoa.webhook(stripe, took));
  const { status } = await answerOf(createServer(app.callback()));
  assert.equal(status, 500);
  advises(errors[0], /above the line app\.use\(bodyParser\(\)\)/);
});

test("NestJS, which did not keep the raw body", async () => {
  for (const platform of ["express", "fastify"]) {
    const errors = [];
    const guard = new ofNest.WebhookGuard(stripe);
    const noted = {
      canActivate: (context) =>
        guard.canActivate(context).catch((error) => {
          errors.push(error);
          throw error;
        }),
    };
    const controllers = [controller("stripe", [noted], took), controller("bare", [], took)];
    const { port, close } = await listen(platform, controllers, {});
    assert.equal((await send(port, byStripe("/stripe"))).status, 500);
    advises(errors[0], /NestFactory\.create\(AppModule, \{ rawBody: true \}\)/);
    assert.equal((await send(port, byStripe("/bare"))).status, 500);
    await close();
  }
  assert.throws(() => ofNest.deliveryOf({}), { name: "TypeError", message: /UseGuards/ });
});

test("NestJS calls no handler with what is refused", async () => {
  for (const platform of ["express", "fastify"]) {
    const guarded = controller("stripe", [new ofNest.WebhookGuard(stripe)], took);
    const { port, close } = await listen(platform, [guarded], { rawBody: true });
    const { count } = calls;
    const unsigned = { ...byStripe("/stripe"), headers: [JSON_TYPE] };
    const { status, text } = await send(port, unsigned);
    assert.deepEqual([status, text, calls.count], [401, PUBLIC_MESSAGE, count]);
    assert.equal((await send(port, byStripe("/stripe"))).status, 200);
    assert.equal(calls.count, count + 1);
    await close();
  }
});

test("Next.js pages, with its body parser", async () => {
  const errors = [];
  const handler = ofNext.webhook(stripe, took);
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    request.body = JSON.parse(Buffer.concat(chunks));
    await handler(request, response).catch((error) => errors.push(error));
    response.end();
  });
  await answerOf(server);
  advises(errors[0], /export const config = \{ api: \{ bodyParser: false \} \}/);
});

test("Cloud Functions, behind an application that parses", async () => {
  const errors = [];
  const handler = ofFunctions.webhook(stripe, took);
  const app = express();
  app.use(express.json()).post("/stripe", async (request, response) => {
    await handler(request, response).catch((error) => errors.push(error));
    response.end();
  });
  await answerOf(createServer(app));
  advises(errors[0], /request\.rawBody/);
});

test("http, a stream that was read", async (t) => {
  const error = t.mock.method(console, "error", () => undefined);
  const handler = ofHttp.webhook(stripe, took);
  const server = createServer(async (request, response) => {
    await request.toArray();
    await handler(request, response);
  });
  assert.deepEqual(await answerOf(server), { status: 500, text: "" });
  assert.equal(error.mock.callCount(), 1);
  advises(error.mock.calls[0].arguments[1], /call this listener before/);
});

test("what is not there is said when the application is loaded", () => {
  const helpers = [ofExpress, ofFastify, ofFunctions, ofHttp, ofKoa, ofNext, ofWeb];
  for (const { webhook } of helpers) {
    assert.throws(() => webhook(undefined, took), { name: "TypeError", message: /Receiver/ });
    assert.throws(() => webhook({}, took), { name: "TypeError", message: /Receiver/ });
    assert.throws(() => webhook(stripe), { name: "TypeError", message: /takes the delivery/ });
  }
  assert.throws(() => new ofNest.WebhookGuard(), { name: "TypeError", message: /Receiver/ });
});
