// One application for each helper: `/stripe` has what a handler of it is given here, each on a free port.

import { createServer } from "node:http";

import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import * as ofExpress from "hookseal/express";
import * as ofFastify from "hookseal/fastify";
import * as ofHttp from "hookseal/http";
import * as ofKoa from "hookseal/koa";
import * as ofNext from "hookseal/next";
import * as ofWeb from "hookseal/web";
import Koa from "koa";

const HOST = "127.0.0.1";

function listening(server) {
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return new Promise((resolve) => {
    server.listen(0, HOST, () => resolve({ port: server.address().port, close }));
  });
}

// `act(delivery)`: what is done; it gives a status and a text to answer with, or nothing.
function onResponse(act) {
  if (act === undefined) return undefined;
  return async (delivery, request, response) => {
    const { status, text } = await act(delivery);
    response.statusCode = status;
    response.end(text);
  };
}

function http(receiver, act) {
  return listening(createServer(ofHttp.webhook(receiver, onResponse(act))));
}

function onExpress(receiver, act) {
  const app = express();
  const handler =
    act &&
    (async (delivery, request, response) => {
      const { status, text } = await act(delivery);
      response.status(status).send(text);
    });
  app.post("/stripe", ofExpress.webhook(receiver, handler));
  app.use((error, request, response, next) => response.status(error.status ?? 500).end());
  return listening(createServer(app));
}

async function onFastify(receiver, act, sends = false) {
  const app = fastify({ forceCloseConnections: true });
  const returns = async (delivery, request, reply) => {
    const { status, text } = await act(delivery);
    reply.code(status);
    return text;
  };
  const sending = async (delivery, request, reply) => {
    const { status, text } = await act(delivery);
    reply.code(status).send(text);
    return reply;
  };
  const handler = act && (sends ? sending : returns);
  app.register(ofFastify.webhook(receiver, handler), { prefix: "/stripe" });
  await app.listen({ port: 0, host: HOST });
  return { port: app.server.address().port, close: () => app.close() };
}

function koa(receiver, act) {
  const app = new Koa();
  app.silent = true;
  const handler =
    act &&
    (async (delivery, ctx) => {
      const { status, text } = await act(delivery);
      Object.assign(ctx, { status, body: text });
    });
  return listening(createServer(app.use(ofKoa.webhook(receiver, handler)).callback()));
}

function hono(receiver, act) {
  const app = new Hono();
  app.onError((error, c) => c.body(null, 500));
  const handler =
    act &&
    (async (delivery) => {
      const { status, text } = await act(delivery);
      return new Response(text, { status });
    });
  const webhook = ofWeb.webhook(receiver, handler);
  app.post("/stripe", (c) => webhook(c.req.raw));
  return listening(serve({ fetch: app.fetch, hostname: HOST, port: 0 }));
}

function next(receiver, act) {
  const webhook = ofNext.webhook(receiver, onResponse(act));
  const server = createServer((request, response) => {
    webhook(request, response).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  });
  return listening(server);
}

export const APPLICATIONS = {
  http,
  "express-5": onExpress,
  fastify: onFastify,
  "fastify, which sends": (receiver, act) => onFastify(receiver, act, true),
  koa,
  hono,
  next,
};
