// Requests of the Web standard without a server, as other runtimes and frameworks hand them over.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Hono } from "hono";
import { Delivery, PUBLIC_MESSAGE } from "hookseal";
import { Receiver, verifyRequest, webhook } from "hookseal/web";

import { advises } from "./advice.mjs";
import { META_SECRET, META_TOKEN, STRIPE_SECRET, byStripe } from "./deliveries.mjs";

const codes = [];
const onRefused = (code) => codes.push(code);
const limited = new Receiver("stripe", { secret: STRIPE_SECRET, bodyLimit: 4096, onRefused });

function request(delivery, more) {
  const { path, body, headers, method } = delivery;
  const url = `https://a.example${path}`;
  return new Request(url, { method, headers, body, duplex: "half", ...more });
}

function stream(chunk, count) {
  let left = count;
  const pulled = { count: 0, isCancelled: false };
  const body = new ReadableStream({
    pull(controller) {
      pulled.count += 1;
      if (left-- > 0) controller.enqueue(chunk);
      else controller.close();
    },
    cancel() {
      pulled.isCancelled = true;
    },
  });
  return { body, pulled };
}

test("a delivery, or a response to send", async () => {
  const delivery = await verifyRequest(request(byStripe()), limited);
  assert.ok(delivery instanceof Delivery);
  assert.equal(delivery.eventId, "evt_1");
  const refused = await verifyRequest(request({ ...byStripe(), headers: [] }), limited);
  assert.ok(refused instanceof Response);
  assert.deepEqual([refused.status, await refused.text()], [401, PUBLIC_MESSAGE]);
  assert.equal(refused.headers.get("content-type"), "text/plain; charset=utf-8");
});

test("the secret comes with the request", async () => {
  const options = { provider: "stripe", secret: STRIPE_SECRET };
  assert.equal((await verifyRequest(request(byStripe()), options)).eventId, "evt_1");
  await assert.rejects(verifyRequest(request(byStripe()), { provider: "stripe" }), TypeError);
  await assert.rejects(verifyRequest(request(byStripe()), undefined), /Receiver/);
});

test("of an endless body little is read", async () => {
  codes.length = 0;
  const { body, pulled } = stream(new Uint8Array(1000), Infinity);
  const response = await verifyRequest(request(byStripe(), { body }), limited);
  assert.deepEqual([response.status, codes], [413, ["body_too_large"]]);
  assert.ok(pulled.count < 10 && pulled.isCancelled, `${pulled.count}`);
});

test("a declared length is enough", async () => {
  const { body } = stream(new Uint8Array(1), 1);
  const delivery = byStripe();
  const headers = [...delivery.headers, ["Content-Length", "4097"]];
  const sent = request({ ...delivery, headers }, { body });
  assert.equal((await verifyRequest(sent, limited)).status, 413);
  assert.equal(sent.bodyUsed, false);
});

test("pieces are one body", async () => {
  const delivery = byStripe();
  const pieces = Array.from(delivery.body, (byte) => Uint8Array.of(byte));
  const body = ReadableStream.from(pieces);
  const { body: whole } = await verifyRequest(request(delivery, { body }), limited);
  assert.deepEqual(whole, delivery.body);
});

test("a client that goes away, and a stream that fails", async () => {
  const failing = () => new ReadableStream({ pull: (it) => it.error(new Error("it broke")) });
  const broken = request(byStripe(), { body: failing() });
  await assert.rejects(verifyRequest(broken, limited), /it broke/);
  const controller = new AbortController();
  const gone = request(byStripe(), { body: failing(), signal: controller.signal });
  controller.abort();
  assert.equal((await verifyRequest(gone, limited)).status, 400);
});

test("a request without a body, and runtimes without streams", async () => {
  const receiver = new Receiver("meta", { secret: META_SECRET, expected: META_TOKEN, onRefused });
  const url = new URL("https://a.example/meta?hub.mode=subscribe&hub.challenge=11");
  url.searchParams.set("hub.verify_token", META_TOKEN);
  const response = await verifyRequest(new Request(url), receiver);
  assert.deepEqual([response.status, await response.text()], [200, "11"]);

  const { body, headers, method } = byStripe();
  const bare = {
    method,
    url: "https://a.example/",
    headers: new Headers(headers),
    bodyUsed: false,
    arrayBuffer: async () => new Uint8Array(body).buffer,
  };
  assert.equal((await verifyRequest(bare, limited)).eventId, "evt_1");
});

test("a handler is given what the function is called with", async () => {
  const POST = webhook(limited, (delivery, request, context) => {
    return new Response(`${delivery.eventId} ${request.method} ${context.params.id}`);
  });
  const response = await POST(request(byStripe()), { params: { id: "7" } });
  assert.equal(await response.text(), "evt_1 POST 7");
  const silent = webhook(limited, () => undefined);
  assert.equal((await silent(request(byStripe()))).status, 200);
});

test("the connection", async () => {
  const receiver = new Receiver("stripe", { secret: STRIPE_SECRET, allowFrom: "::1", onRefused });
  const connectionOf = (request, peer) => ({ peer });
  const POST = webhook(receiver, () => undefined, connectionOf);
  assert.equal((await POST(request(byStripe()), "::1")).status, 200);
  assert.equal((await POST(request(byStripe()), "::2")).status, 403);
  assert.equal((await verifyRequest(request(byStripe()), receiver)).status, 403);

  codes.length = 0;
  const twice = [...byStripe().headers, ...byStripe("/", { ago: 9 }).headers];
  const connection = { rawHeaders: twice.flat() };
  assert.equal((await verifyRequest(request(byStripe()), limited, connection)).status, 401);
  assert.deepEqual(codes, ["repeated_header"]);
});

test("a Request that was read", async () => {
  const reads = [
    (it) => it.json(),
    (it) => it.text(),
    (it) => it.body.getReader(),
    (it) => it.body.getReader().read(),
  ];
  const advice = /move await request\.json\(\).* below the verification/;
  for (const read of reads) {
    const used = request(byStripe());
    await read(used);
    await assert.rejects(verifyRequest(used, limited), (error) => {
      advises(error, advice);
      return true;
    });
  }
  const cloned = request(byStripe());
  await cloned.clone().json();
  assert.equal((await verifyRequest(cloned, limited)).eventId, "evt_1");
});

test("Hono, after c.req.json()", async () => {
  const app = new Hono();
  const errors = [];
  app.onError((error, c) => {
    errors.push(error);
    return c.body(null, 500);
  });
  app.post("/stripe", async (c) => {
    await c.req.json();
    return verifyRequest(c.req.raw, limited);
  });
  assert.equal((await app.request(request(byStripe("/stripe")))).status, 500);
  advises(errors[0], /below the verification/);
});
