// Compiled, not run: the clients, with their own types.

import fastify, { type LightMyRequestResponse } from "fastify";
import { Hono } from "hono";
import { signDelivery } from "hookseal/testing";
import supertest, { type Response as Answer } from "supertest";

const delivery = signDelivery("stripe");

const tested: Answer = await delivery.send(supertest(() => {})).expect(204);
const again: Answer = await delivery.send(
  supertest.agent(() => {}),
  "/hook",
);
const injected: LightMyRequestResponse = await delivery.send(fastify());
const answered: Response = await delivery.send(new Hono());
console.log(tested.status, again.status, injected.statusCode, answered.status);
