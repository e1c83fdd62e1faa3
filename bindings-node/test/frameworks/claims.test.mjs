// Receivers with claims where the framework calls the handler itself: NestJS, Lambda, Cloud Functions.

import assert from "node:assert/strict";
import { test } from "node:test";

import functions from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { MemoryClaims, StoreUnavailableError } from "hookseal/claims";
import { webhook as ofFunctions } from "hookseal/cloud-functions";
import { webhook as ofLambda } from "hookseal/lambda";
import { WebhookGuard } from "hookseal/nest";
import { Receiver } from "hookseal/receive";

import { send } from "./client.mjs";
import { STRIPE_SECRET, byStripe } from "./deliveries.mjs";
import { v1, v2 } from "./events.mjs";
import { controller, listen } from "./nest.mjs";

const secret = STRIPE_SECRET;
const eventOf = (id, amount = 1) => JSON.stringify({ id, type: "invoice.paid", amount });
const sentOf = (id, amount) => byStripe("/stripe", { event: eventOf(id, amount) });

// What a handler does, by how often it was called.
function acting() {
  const calls = [];
  const act = (delivery) => {
    calls.push(delivery.eventId);
    if (calls.length === 1) throw new Error("the first try fails");
    return `took ${delivery.eventId}`;
  };
  return { calls, act };
}

for (const platform of ["express", "fastify"]) {
  test(`NestJS on ${platform}`, async () => {
    const told = [];
    const claims = new MemoryClaims();
    const onOutcome = (code) => told.push(code);
    const receiver = new Receiver("stripe", { secret, claims, onOutcome });
    const { calls, act } = acting();
    let meanwhile = async () => undefined;
    const handler = async (delivery) => {
      const taken = act(delivery);
      await meanwhile();
      return taken;
    };
    const guarded = controller("stripe", [new WebhookGuard(receiver)], handler);
    const { port, close } = await listen(platform, [guarded], { rawBody: true });
    assert.equal((await send(port, sentOf("evt_1"))).status, 500);
    meanwhile = async () => {
      const { status, headers, text } = await send(port, sentOf("evt_1"));
      assert.deepEqual([status, headers["retry-after"], text], [503, "60", ""]);
    };
    const taken = await send(port, sentOf("evt_1"));
    assert.deepEqual([taken.status, taken.text], [200, "took evt_1"]);
    const again = await send(port, sentOf("evt_1"));
    assert.deepEqual([again.status, again.text], [200, ""]);
    assert.equal((await send(port, sentOf("evt_1", 2))).status, 200);
    assert.deepEqual(calls, ["evt_1", "evt_1"]);
    assert.deepEqual(told, [
      "handler_failed",
      "being_handled",
      "already_handled",
      "conflict_after_done",
    ]);
    const forged = { ...sentOf("evt_2"), body: Buffer.from("{}") };
    assert.equal((await send(port, forged)).status, 401);
    await close();
  });

  test(`NestJS on ${platform}, where the store is down`, async () => {
    class Down extends MemoryClaims {
      async handle() {
        throw Reflect.construct(StoreUnavailableError, [new Error("down")]);
      }
    }
    const receiver = new Receiver("stripe", { secret, claims: new Down() });
    const guarded = controller("stripe", [new WebhookGuard(receiver)], () => assert.fail());
    const { port, close } = await listen(platform, [guarded], { rawBody: true });
    const { status, headers, text } = await send(port, sentOf("evt_1"));
    assert.deepEqual([status, headers["retry-after"], text], [503, "5", ""]);
    await close();
  });
}

test("Lambda", async () => {
  for (const form of [v1, v2]) {
    const { calls, act } = acting();
    let statusCode = 503;
    const receiver = new Receiver("stripe", { secret, claims: new MemoryClaims() });
    const webhook = ofLambda(receiver, async (delivery) => ({ statusCode, body: act(delivery) }));
    const invoke = () => webhook(form(sentOf("evt_1")));
    await assert.rejects(invoke(), { message: "the first try fails" });
    assert.equal((await invoke()).statusCode, 503);
    statusCode = 200;
    assert.deepEqual(await invoke(), { statusCode: 200, body: "took evt_1" });
    const { statusCode: status, body } = await invoke();
    assert.deepEqual([status, body, calls.length], [200, "", 3]);
  }
});

test("Lambda, while it is handled", async () => {
  const receiver = new Receiver("stripe", { secret, claims: new MemoryClaims() });
  const invoke = () => webhook(v2(sentOf("evt_1")));
  const webhook = ofLambda(receiver, async () => {
    const { statusCode, headers, body } = await invoke();
    assert.deepEqual([statusCode, headers, body], [503, { "retry-after": "60" }, ""]);
  });
  assert.equal((await invoke()).statusCode, 200);
});

test("Cloud Functions", async () => {
  const { calls, act } = acting();
  const receiver = new Receiver("stripe", { secret, claims: new MemoryClaims() });
  const webhook = ofFunctions(receiver, async (delivery, request, response) => {
    response.send(act(delivery));
  });
  const silent = (request, response) =>
    webhook(request, response).catch(() => response.sendStatus(500));
  functions.http("claims", silent);
  const server = getTestServer("claims");
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const statuses = [];
  for (let at = 0; at < 3; at += 1) statuses.push((await send(port, sentOf("evt_1"))).status);
  assert.deepEqual([statuses, calls.length], [[500, 200, 200], 2]);
  server.closeAllConnections();
  server.close();
});
