// Requests of the Web standard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Delivery, Receiver, SchemeError, sign, verifyRequest, webhook } from "hookseal-wasm";

const SECRET = "whsec_test_9f0c1b7a5d3e4f60";
const bodyText = '{"id":"evt_1"}';
const { headers } = sign("stripe", SECRET, { bodyText });
const codes = [];
const receiver = new Receiver("stripe", {
  secret: SECRET,
  bodyLimit: 1000,
  onRefused: (code) => codes.push(code),
});

function request(body) {
  return new Request("https://example.com/hook", { method: "POST", headers, body });
}

test("a genuine request is a delivery", async () => {
  const delivery = await verifyRequest(request(bodyText), receiver);
  assert.ok(delivery instanceof Delivery);
  assert.equal(delivery.eventId, "evt_1");
  const handler = webhook(receiver, (it) => new Response(it.eventId));
  assert.equal(await (await handler(request(bodyText))).text(), "evt_1");
});

test("another one is a response, and its reason is told to the receiver alone", async () => {
  const refused = await verifyRequest(request("{}"), receiver);
  assert.equal(refused.status, 401);
  assert.equal((await verifyRequest(request("x".repeat(1001)), receiver)).status, 413);
  assert.deepEqual(codes, ["signature_mismatch", "body_too_large"]);
});

test("an address that cannot be read is told when the receiver is made", () => {
  const wrong = (options) => () => new Receiver("stripe", { secret: SECRET, ...options });
  assert.throws(wrong({ url: "no URL" }), SchemeError);
  assert.throws(wrong({ allowFrom: ["x"] }), { code: "malformed_network", key: "allowFrom[0]" });
});
