// NestJS, on either of its platforms. Decorators are called by hand, as Node has none.

import "reflect-metadata";

import { All, Controller, HttpCode, Module, Req, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { WebhookGuard, deliveryOf } from "hookseal/nest";

import { handlers } from "./endpoints.mjs";

// How often a handler was called.
export const calls = { count: 0 };

export function controller(path, guards, handler) {
  class Webhooks {
    take(request) {
      calls.count += 1;
      return handler(deliveryOf(request));
    }
  }
  const method = Object.getOwnPropertyDescriptor(Webhooks.prototype, "take");
  for (const decorate of [All(), HttpCode(200), UseGuards(...guards)]) {
    decorate(Webhooks.prototype, "take", method);
  }
  Req()(Webhooks.prototype, "take", 0);
  Controller(path)(Webhooks);
  return Webhooks;
}

export async function listen(platform, controllers, options) {
  class AppModule {}
  Module({ controllers })(AppModule);
  const adapter = platform === "fastify" ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: false, ...options });
  await app.listen(0, "127.0.0.1");
  const server = app.getHttpServer();
  const close = () => {
    server.closeAllConnections();
    return app.close();
  };
  return { port: server.address().port, close };
}

export function nest(platform) {
  const controllers = handlers((text) => text).map(([path, receiver, handler]) =>
    controller(path, [new WebhookGuard(receiver)], handler),
  );
  return listen(platform, controllers, { rawBody: true });
}
