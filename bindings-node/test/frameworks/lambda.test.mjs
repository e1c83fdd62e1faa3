// AWS Lambda: a request in each form of event, and the answer in that form.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PUBLIC_MESSAGE } from "hookseal";
import { BodyConsumedError, Receiver, webhook } from "hookseal/lambda";

import * as made from "./deliveries.mjs";
import { FORMS, v1, v2 } from "./events.mjs";

const { byStripe, sent } = made;
const codes = [];
const onRefused = (code) => codes.push(code);
const stripe = (options) =>
  new Receiver("stripe", { secret: made.STRIPE_SECRET, onRefused, ...options });

const take = (delivery, event, context) => ({
  statusCode: 200,
  body: `${delivery.scheme} ${delivery.eventId} ${context}`,
});

// The event as AWS hands it over: out of JSON.
function call(receiver, event, handler = take) {
  return webhook(receiver, handler)(JSON.parse(JSON.stringify(event)), "context");
}

const has = (form, kind) => form.name.includes(kind);
const isMany = (form) => form === v1 || form.name === "albMulti";

for (const form of FORMS) {
  test(`${form.name}: genuine`, async () => {
    for (const isBase64 of [false, true]) {
      const answer = await call(stripe(), form(byStripe(), isBase64));
      assert.deepEqual(answer, { statusCode: 200, body: "stripe evt_1 context" });
    }
  });

  test(`${form.name}: refused`, async () => {
    codes.length = 0;
    const tries = [
      [{ ...byStripe(), body: Buffer.from("{}") }, 401, "signature_mismatch"],
      [byStripe("/", { ago: 4000 }), 401, "timestamp_too_old"],
      [byStripe("/", { event: " ".repeat(101) }), 413, "body_too_large"],
      [{ ...byStripe(), headers: [] }, 401, "missing_signature"],
    ];
    for (const [delivery, status] of tries) {
      const answer = await call(stripe({ bodyLimit: 100 }), form(delivery));
      assert.deepEqual([answer.statusCode, answer.body], [status, PUBLIC_MESSAGE]);
      assert.equal(answer.isBase64Encoded, false);
      const type = "text/plain; charset=utf-8";
      const { headers, multiValueHeaders, statusDescription } = answer;
      assert.deepEqual(isMany(form) ? multiValueHeaders : headers, {
        "content-type": isMany(form) ? [type] : type,
      });
      assert.equal(isMany(form) ? headers : multiValueHeaders, undefined);
      const described = { 401: "401 Unauthorized", 413: "413 Payload Too Large" }[status];
      assert.equal(statusDescription, has(form, "alb") ? described : undefined);
    }
    assert.deepEqual(
      codes,
      tries.map(([, , code]) => code),
    );
  });

  test(`${form.name}: a repeated header`, async () => {
    codes.length = 0;
    const delivery = byStripe();
    const [, another] = byStripe("/", { ago: 9 }).headers;
    const answer = await call(
      stripe(),
      form({ ...delivery, headers: [...delivery.headers, another] }),
    );
    // A load balancer hands over the last one only: signed a little later, and as genuine.
    if (form.name === "alb") assert.match(answer.body, /^stripe evt_1/);
    else assert.equal(answer.statusCode, 401);
    const code = { v1: "repeated_header", albMulti: "repeated_header", alb: undefined }[form.name];
    if (isMany(form)) assert.equal(codes[0], code);
  });

  test(`${form.name}: a signed URL`, async () => {
    const options = { secret: made.TWILIO_SECRET, url: made.ORIGIN, onRefused };
    const receiver = new Receiver("twilio", options);
    const delivery = made.byTwilio();
    assert.match((await call(receiver, form(delivery))).body, /^twilio/);
    const other = form({ ...delivery, path: "/twilio?foo=2&bar=a%20b" });
    assert.equal((await call(receiver, other)).statusCode, 401);
  });

  test(`${form.name}: a handshake`, async () => {
    const options = { secret: made.META_SECRET, expected: made.META_TOKEN, onRefused };
    const token = encodeURIComponent(made.META_TOKEN);
    const path = `/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;
    const event = { ...form(sent(path, "", [], "GET")), body: null };
    const answer = await call(new Receiver("meta", options), event);
    assert.deepEqual([answer.statusCode, answer.body], [200, "1158201444"]);
  });

  test(`${form.name}: the address`, async () => {
    const trustedProxies = has(form, "alb") ? 1 : 0;
    for (const [allowFrom, status] of [
      ["192.0.2.0/24", 200],
      ["198.51.100.0/24", 403],
    ]) {
      const receiver = stripe({ allowFrom, trustedProxies });
      assert.equal((await call(receiver, form(byStripe()))).statusCode, status);
    }
  });
}

test("every form of event is among them", () => assert.equal(FORMS.length, 5));

test("cookies are a header again, and a query is spelled again", async () => {
  const captures = [];
  const receiver = stripe({ onRefused: (code, capture) => captures.push(capture) });
  const delivery = sent("/a?b=c%20d&e=%C3%A9%21", "{}", []);
  for (const form of FORMS) await call(receiver, form(delivery));
  assert.deepEqual(
    captures.map(({ url }) => url),
    Array(5).fill(delivery.path),
  );
  const [, { headers }] = captures;
  assert.deepEqual(headers.at(-1), ["cookie", "a=1; b=2"]);
});

test("no answer is an acknowledgement", async () => {
  const answer = await call(stripe(), v2(byStripe()), () => undefined);
  assert.deepEqual(answer, { statusCode: 200, body: "", isBase64Encoded: false, headers: {} });
});

test("a body without UTF-8", async () => {
  const captures = [];
  const receiver = stripe({ onRefused: (code, capture) => captures.push(capture) });
  await call(receiver, { ...v2(byStripe()), body: "/wA=", isBase64Encoded: true });
  assert.deepEqual([...captures[0].body], [0xff, 0]);
});

test("an event that is no request", async () => {
  const events = [
    {},
    { id: "evt_1", type: "invoice.paid" }, // a mapping template has made the body the event
    { requestContext: null, body: "{}" },
    { requestContext: { http: { method: "POST" } }, body: "{}" },
    { ...v2(byStripe()), body: { id: "evt_1" } },
    { ...v2(byStripe()), isBase64Encoded: true },
    null,
  ];
  for (const event of events) {
    await assert.rejects(call(stripe(), event), (error) => {
      assert.ok(error instanceof BodyConsumedError);
      return /Lambda proxy integration/.test(error.message);
    });
  }
});
