// Handlers that answer by the response of Node, in every order: the provider is told that a delivery
// was taken once that is noted, and never where the handler fails after it has answered.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import express from "express";
import fastify from "fastify";
import { MemoryClaims } from "hookseal/claims";
import { webhook } from "hookseal/express";
import { webhook as ofFastify } from "hookseal/fastify";
import { webhook as ofHttp } from "hookseal/http";
import { Receiver } from "hookseal/receive";

import { send } from "../frameworks/client.mjs";
import { SECRET, request } from "./deliveries.mjs";

// Counts what is noted, and in which order.
class Watched extends MemoryClaims {
  noted = [];

  async handle(delivery, handler, options) {
    const found = await super.handle(delivery, handler, options);
    this.noted.push(found.outcome);
    return found;
  }
}

function receiverOf(claims, told = []) {
  const onOutcome = (code, { error }) => told.push([code, error?.message]);
  return new Receiver("stripe", { secret: SECRET, claims, onOutcome });
}

async function listening(app, use) {
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(server.address().port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

let count = 0;
const next = () => `evt_${(count += 1)}`;

// Answers to the same delivery, sent so many times.
async function answers(handler, times = 2, more = []) {
  const claims = new Watched();
  const told = [];
  const app = express();
  app.set("env", "production");
  app.post("/stripe", webhook(receiverOf(claims, told), handler), ...more);
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error);
    return response.status(500).send(`failed: ${error.message}`);
  });
  const id = next();
  const found = await listening(app, async (port) => {
    const all = [];
    for (let at = 0; at < times; at += 1) {
      const answer = await send(port, request(id)).catch(({ code }) => ({ status: code }));
      all.push([answer.status, answer.text]);
    }
    return all;
  });
  return { found, told, noted: claims.noted };
}

test("a handler that answers first and fails then has not taken it", async () => {
  let calls = 0;
  const { found, told } = await answers(async (delivery, request, response) => {
    calls += 1;
    response.set("X-Own", "1").send("took it");
    assert.ok(response.headersSent && response.writableEnded);
    await wait(5);
    if (calls === 1) throw new Error("too late");
  });
  assert.deepEqual(found, [
    [500, "failed: too late"],
    [200, "took it"],
  ]);
  assert.deepEqual(told, [["handler_failed", "too late"]]);
});

test("the answer goes out as it was ended, once it is noted that it was handled", async () => {
  const order = [];
  class Slow extends MemoryClaims {
    async handle(...given) {
      const found = await super.handle(...given);
      order.push("noted");
      return found;
    }
  }
  const app = express();
  const handler = async (delivery, request, response) => {
    response.on("close", () => order.push("sent"));
    response.status(201).set("X-Own", "1").send("took it");
    response.status(500).set("X-Own", "2").end("another");
    await wait(5);
  };
  app.post("/stripe", webhook(receiverOf(new Slow()), handler));
  await listening(app, async (port) => {
    const { status, text, headers } = await send(port, request(next()));
    assert.deepEqual([status, text, headers["x-own"]], [201, "took it", "1"]);
    await wait(5);
  });
  assert.deepEqual(order, ["noted", "sent"]);
});

test("next(error) is a failure, and the error's answer goes out", async () => {
  const { found, told } = await answers((delivery, request, response, next) => {
    next(new Error("passed on"));
  });
  assert.deepEqual(found, Array(2).fill([500, "failed: passed on"]));
  assert.deepEqual(told, Array(2).fill(["handler_failed", "passed on"]));
});

test("next() hands on, and what answers there decides", async () => {
  let status = 503;
  const answering = (request, response) => response.status(status).send(`${(status = 200)}`);
  const { found } = await answers((delivery, request, response, next) => next(), 3, [answering]);
  assert.deepEqual(
    found.map(([it]) => it),
    [503, 200, 200],
  );
});

test("a handler that answers in a callback", async () => {
  let status = 500;
  const { found, noted } = await answers((delivery, request, response) => {
    setTimeout(() => response.sendStatus(status), 5);
    setTimeout(() => (status = 200), 6);
  }, 3);
  assert.deepEqual(
    found.map(([it]) => it),
    [500, 200, 200],
  );
  assert.deepEqual(noted, ["failed", "run", "done"]);
});

test("one that waits for the end of its answer is not kept waiting", async () => {
  const piped = await answers(async (delivery, request, response) => {
    await pipeline(Readable.from(["took ", "it"]), response);
  });
  assert.deepEqual(piped.found[0], [200, "took it"]);
  assert.deepEqual(piped.noted, ["run", "done"]);
  const called = await answers(async (delivery, request, response) => {
    await new Promise((resolve) => response.end("took it", resolve));
  });
  assert.deepEqual(called.found[0], [200, "took it"]);
});

test("a stream that fails half way is no answer", async () => {
  let calls = 0;
  const { found } = await answers(async (delivery, request, response) => {
    calls += 1;
    response.write("took ");
    response.end("it");
    if (calls === 1) throw new Error("half way");
  });
  assert.deepEqual(found, [
    ["ECONNRESET", undefined],
    [200, "took it"],
  ]);
});

test("Fastify: one that sends and then fails", async () => {
  let calls = 0;
  const app = fastify();
  const handler = async (delivery, request, reply) => {
    calls += 1;
    reply.send("took it");
    await wait(5);
    if (calls === 1) throw new Error("too late");
    return reply;
  };
  app.register(ofFastify(receiverOf(new MemoryClaims()), handler), { prefix: "/stripe" });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address();
  const id = next();
  await assert.rejects(send(port, request(id)), { code: "ECONNRESET" });
  assert.deepEqual((await send(port, request(id))).text, "took it");
  assert.equal((await send(port, request(id))).text, "");
  await app.close();
  assert.equal(calls, 2);
});

test("http: one that ends and then fails", async (t) => {
  t.mock.method(console, "error", () => undefined);
  let calls = 0;
  const handler = async (delivery, request, response) => {
    calls += 1;
    response.setHeader("content-length", 7);
    response.end("took it");
    if (calls === 1) throw new Error("too late");
  };
  await listening(ofHttp(receiverOf(new MemoryClaims()), handler), async (port) => {
    const id = next();
    const first = await send(port, request(id));
    assert.deepEqual([first.status, first.text], [500, ""]);
    assert.equal((await send(port, request(id))).text, "took it");
  });
});

test("a sender that goes away while it is handled finds it done", async () => {
  let finish;
  const app = express();
  const handler = async (delivery, request, response) => {
    await new Promise((resolve) => (finish = resolve));
    response.send("took it");
  };
  const claims = new Watched();
  app.post("/stripe", webhook(receiverOf(claims), handler));
  await listening(app, async (port) => {
    const id = next();
    const { path, body, headers, method } = request(id);
    const gone = new AbortController();
    const url = `http://127.0.0.1:${port}${path}`;
    const fetching = fetch(url, { method, body, headers, signal: gone.signal });
    while (finish === undefined) await wait(5);
    gone.abort();
    await assert.rejects(fetching);
    await wait(5);
    finish();
    await wait(5);
    assert.deepEqual(claims.noted, ["run"]);
    assert.equal((await send(port, request(id))).text, "");
  });
});
