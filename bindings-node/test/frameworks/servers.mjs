// One application for each helper, all with the same endpoints, each on a free port.

import { createServer } from "node:http";

import functions from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import { Hono } from "hono";
import * as ofFunctions from "hookseal/cloud-functions";
import * as ofExpress from "hookseal/express";
import * as ofFastify from "hookseal/fastify";
import * as ofHttp from "hookseal/http";
import * as ofKoa from "hookseal/koa";
import * as ofNext from "hookseal/next";
import * as ofWeb from "hookseal/web";
import Koa from "koa";
import bodyParser from "koa-bodyparser";

import { handlers } from "./endpoints.mjs";
import { nest } from "./nest.mjs";

const HOST = "127.0.0.1";

const pathOf = (request) => request.url.split("?")[0];

function listening(server) {
  return new Promise((resolve) => {
    server.listen(0, HOST, () => resolve({ port: server.address().port, close: closer(server) }));
  });
}

function closer(server) {
  return () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
}

// Routes of `webhook`s, by path.
function routes(helper, answer, ...more) {
  return Object.fromEntries(
    handlers(answer).map(([path, receiver, handler]) => [
      path,
      helper.webhook(receiver, handler, ...more),
    ]),
  );
}

function http() {
  const by = routes(ofHttp, (text, request, response) => response.end(text));
  return listening(createServer((request, response) => by[pathOf(request)](request, response)));
}

const ofExpressVersion = (make) => () => {
  const app = make();
  app.set("env", "production").set("query parser", "simple");
  const silent = (error, request, response, next) => response.status(500).end(error.message);
  const by = routes(ofExpress, (text, request, response) => response.send(text));
  const router = make.Router();
  for (const [path, webhook] of Object.entries(by)) router.all(path, webhook);
  // Under a router the request's url is cut: what is signed is all of it.
  app.use("/mounted", router).use(router).use(make.json()).use(silent);
  return listening(createServer(app));
};

async function onFastify() {
  const app = fastify({ forceCloseConnections: true });
  for (const [path, receiver, handler] of handlers((text, request, reply) => reply.send(text))) {
    app.register(ofFastify.webhook(receiver, handler), { prefix: path });
  }
  await app.listen({ port: 0, host: HOST });
  return { port: app.server.address().port, close: () => app.close() };
}

function koa() {
  const app = new Koa();
  app.silent = true;
  const by = routes(ofKoa, (text, ctx) => {
    ctx.body = text;
  });
  app.use((ctx, next) => by[ctx.path](ctx, next)).use(bodyParser());
  return listening(createServer(app.callback()));
}

function hono() {
  const app = new Hono();
  app.onError((error, c) => c.text(error.message, 500));
  for (const [path, receiver, handler] of handlers((text, c) => c.text(text))) {
    app.all(path, async (c) => {
      const peer = getConnInfo(c).remote.address;
      const delivery = await ofWeb.verifyRequest(c.req.raw, receiver, { peer });
      if (delivery instanceof Response) return delivery;
      return (await handler(delivery, c)) ?? c.text("");
    });
  }
  return listening(serve({ fetch: app.fetch, hostname: HOST, port: 0 }));
}

// A route handler of Next.js, as of any other that takes a Request of the Web standard.
function web() {
  const connectionOf = (request, { incoming: { rawHeaders, socket } }) => {
    return { rawHeaders, peer: socket.remoteAddress };
  };
  const by = routes(ofWeb, (text) => new Response(text), connectionOf);
  const fetch = (request, environment) => by[new URL(request.url).pathname](request, environment);
  return listening(serve({ fetch, hostname: HOST, port: 0 }));
}

// What Next.js does where `bodyParser` is false: it adds members, and leaves the stream alone.
function nextPages() {
  const by = routes(ofNext, (text, request, response) => response.end(text));
  const server = createServer(async (request, response) => {
    const added = { query: {}, cookies: {}, env: process.env };
    try {
      await by[pathOf(request)](Object.assign(request, added), response);
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  return listening(server);
}

function cloudFunctions() {
  const by = routes(ofFunctions, (text, request, response) => response.send(text));
  functions.http("webhooks", (request, response) => by[request.path](request, response));
  return listening(getTestServer("webhooks"));
}

export const SERVERS = {
  http,
  "express-4": ofExpressVersion(express4),
  "express-5": ofExpressVersion(express),
  fastify: onFastify,
  koa,
  hono,
  web,
  "next-pages": nextPages,
  "nest-express": () => nest("express"),
  "nest-fastify": () => nest("fastify"),
  "cloud-functions": cloudFunctions,
};
