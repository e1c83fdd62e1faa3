// node --test express.test.mjs

import assert from "node:assert/strict";
import { test } from "node:test";

import express from "express";
import { Receiver, webhook } from "hookseal/express";
import { secretFor, signDelivery } from "hookseal/testing";
import supertest from "supertest";

const stripe = new Receiver("stripe", { secret: secretFor("stripe") });
const app = express();

app.post(
  "/stripe",
  webhook(stripe, (delivery, request, response) => {
    response.json({ took: delivery.eventId, type: delivery.eventType });
  }),
);

test("a payment", async () => {
  const body = { id: "evt_1", type: "invoice.paid" };
  const delivery = signDelivery("stripe", { body, url: "/stripe" });
  const answer = await delivery.send(supertest(app)).expect(200);
  assert.deepEqual(answer.body, { took: "evt_1", type: "invoice.paid" });

  const forged = delivery.with({ body: Buffer.from('{"id":"evt_2","type":"invoice.paid"}') });
  await forged.send(supertest(app)).expect(401);
});
