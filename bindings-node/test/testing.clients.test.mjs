// The clients that a signed delivery is sent by.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";

import { Verifier } from "hookseal";
import { secretFor, signDelivery } from "hookseal/testing";

const installed = createRequire(import.meta.resolve("./testing/package.json"));
const verifier = new Verifier("stripe", secretFor("stripe"));

// A status for each verdict, as a receiver gives.
function statusOf(request) {
  try {
    return verifier.verify(request).eventId === "evt_test" ? 204 : 500;
  } catch (error) {
    return error.status;
  }
}

async function answers(client, kind) {
  for (const body of [undefined, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])]) {
    const delivery = signDelivery("stripe", { url: "/hook", body });
    const expected = body === undefined ? 204 : 500; // it verifies, and is no event
    assert.equal((await delivery.send(client())).status, expected, kind);
    const moved = await delivery.send(client(), "/elsewhere");
    assert.equal(moved.status, 404, kind);
    const forged = delivery.with({ body: Buffer.from('{"id":"evt_other"}') });
    assert.equal((await forged.send(client())).status, 401, kind);
  }
}

test("supertest sends it", async () => {
  const supertest = installed("supertest");
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = { headers: request.rawHeaders, body: Buffer.concat(chunks) };
    response.statusCode = request.url === "/hook" ? statusOf(received) : 404;
    response.end();
  });
  await answers(() => supertest(server), "supertest");
  const agent = supertest.agent(server);
  await answers(() => agent, "supertest's agent");
});

test("Fastify's inject takes it", async () => {
  const app = installed("fastify")();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => done(null, body));
  app.removeContentTypeParser("application/json");
  app.post("/hook", async ({ raw, body }, reply) =>
    reply.code(statusOf({ headers: raw.headers, body })).send(),
  );
  const inject = async (injection) => {
    const { statusCode: status } = await app.inject(injection);
    return { status };
  };
  await answers(() => ({ inject }), "Fastify");
  assert.equal((await signDelivery("stripe", { url: "/hook" }).send(app)).statusCode, 204);
});

test("Hono's request, and a function that takes a Request, take it", async () => {
  const app = new (installed("hono").Hono)();
  app.post("/hook", async ({ req }) => {
    const body = await req.arrayBuffer();
    return new Response(null, { status: statusOf({ headers: req.raw.headers, body }) });
  });
  await answers(() => app, "Hono");
  await answers(() => app.fetch, "a function");
});

test("an app that is no client is told from one", () => {
  const delivery = signDelivery("stripe");
  const express = Object.assign(() => {}, { listen() {}, post() {} });
  assert.throws(() => delivery.send(express), /give supertest's request\(app\)/);
  for (const other of [undefined, {}, "app"]) assert.throws(() => delivery.send(other), TypeError);
});
