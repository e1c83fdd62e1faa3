// Deliveries that vendors' packages have signed, over HTTP, to a real server of each framework.

import assert from "node:assert/strict";
import { Agent } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";

import { PUBLIC_MESSAGE, acknowledgement, explain } from "hookseal";

import { abort, endless, send } from "./client.mjs";
import * as made from "./deliveries.mjs";
import { LIMIT, digest, refused } from "./endpoints.mjs";
import { SERVERS } from "./servers.mjs";

const { EVENT, byStripe, sent } = made;

const spaces = (size) => EVENT + " ".repeat(size - Buffer.byteLength(EVENT));

function changed(delivery, changes) {
  return { ...delivery, ...changes };
}

async function codeOf(port, delivery) {
  const { status, text, headers } = await send(port, delivery);
  assert.equal(text, PUBLIC_MESSAGE);
  assert.equal(headers["content-type"], "text/plain; charset=utf-8");
  assert.equal(refused.length, 1);
  const [[code, capture]] = refused.splice(0);
  return { status, code, capture };
}

test("every server is among them", () => assert.equal(Object.keys(SERVERS).length, 11));

for (const [name, start] of Object.entries(SERVERS)) {
  describe(name, () => {
    let port;
    let close;
    const crashes = [];
    const crashed = (error) => crashes.push(error);

    before(async () => {
      process.on("unhandledRejection", crashed);
      ({ port, close } = await start());
    });
    beforeEach(() => refused.splice(0));
    after(async () => {
      await close();
      process.off("unhandledRejection", crashed);
      assert.deepEqual(crashes, []);
    });

    test("genuine", async () => {
      const deliveries = [
        [byStripe(), "stripe evt_1"],
        [made.byStandardWebhooks(), "standard-webhooks msg_1"],
        [made.bySvix(), "svix msg_1"],
        [await made.byGitHub(), "github 72d3162e-cc78-11e3-81ab-4c9367dc0958"],
        [made.bySlack(), "slack undefined"],
        [made.byMeta(), "meta undefined"],
        [byStripe("/local"), "stripe evt_1"],
      ];
      for (const [delivery, is] of deliveries) {
        const { status, text } = await send(port, delivery);
        assert.deepEqual([status, text], [200, `${is} ${digest(delivery.body)}`]);
      }
      assert.equal(refused.length, 0);
    });

    test("a signed URL is that of the configuration", async () => {
      const genuine = made.byTwilio();
      assert.match((await send(port, genuine)).text, /^twilio /);
      // The query is part of what is signed.
      for (const path of ["/twilio?foo=1", "/twilio?foo=1&bar=a%20c"]) {
        const { status, code } = await codeOf(port, changed(genuine, { path }));
        assert.deepEqual([status, code], [401, "signature_mismatch"]);
      }
    });

    test("refused", async () => {
      const cases = {
        signature_mismatch: changed(byStripe(), { body: Buffer.from(`${EVENT} `) }),
        missing_signature: changed(byStripe(), { headers: [made.JSON_TYPE] }),
        timestamp_too_old: byStripe("/stripe", { ago: 4000 }),
        timestamp_too_new: byStripe("/stripe", { ago: -4000 }),
        address_not_allowed: byStripe("/unlisted"),
      };
      for (const [expected, delivery] of Object.entries(cases)) {
        const { status, code, capture } = await codeOf(port, delivery);
        assert.deepEqual([status, code], [code === "address_not_allowed" ? 403 : 401, expected]);
        assert.deepEqual([capture.method, capture.url], ["POST", delivery.path]);
        const kept = JSON.parse(JSON.stringify(capture));
        assert.equal(kept.body, delivery.body.toString());
        const { verdict } = explain("stripe", made.STRIPE_SECRET, capture);
        assert.equal(verdict, code === "address_not_allowed" ? "verified" : code);
      }
    });

    test("a repeated header", async () => {
      const delivery = byStripe();
      const [, another] = byStripe("/stripe", { ago: 10, secret: "whsec_another_1" }).headers;
      const [type, genuine] = delivery.headers;
      const forgedFirst = changed(delivery, { headers: [type, another, genuine] });
      const { status, code } = await codeOf(port, forgedFirst);
      assert.deepEqual([status, code !== "repeated_header"], [401, name === "hono"]);
      if (name === "hono") return; // a Request has them joined
      const forgedLast = changed(delivery, { headers: [type, genuine, another] });
      assert.equal((await codeOf(port, forgedLast)).code, "repeated_header");
    });

    test("too large", async () => {
      const atLimit = byStripe("/stripe", { event: spaces(LIMIT) });
      const above = byStripe("/stripe", { event: spaces(LIMIT + 1) });
      for (const chunked of [false, true]) {
        assert.equal((await send(port, atLimit, { chunked })).status, 200);
        const { status, text } = await send(port, above, { chunked });
        assert.deepEqual([status, text, refused.length], [413, PUBLIC_MESSAGE, 1]);
        assert.equal(refused.splice(0)[0][0], "body_too_large");
      }
    });

    test("an answer in the middle of a body, and a connection that goes on", async () => {
      // A server of Requests closes the connection, whose body it does not read to the end.
      const isKept = name !== "hono" && name !== "web";
      const agent = isKept ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
      const large = byStripe("/stripe", { event: spaces(300_000) });
      for (const chunked of [false, true]) {
        assert.equal((await send(port, large, { chunked, agent })).status, 413);
        assert.equal((await send(port, byStripe(), { agent })).status, 200);
      }
      if (isKept) agent.destroy();
    });

    // These frameworks read the whole body themselves, up to limits of their own.
    const readsFirst = name.startsWith("nest") || name === "cloud-functions";
    test("a body without an end", { skip: readsFirst }, async () => {
      assert.match(await endless(port, "/stripe"), /^HTTP\/1.1 413 /);
    });

    test("behind a proxy", async () => {
      const cases = [
        [["203.0.113.9"], 200],
        [["198.51.100.1, 203.0.113.9"], 200],
        [["198.51.100.1", "203.0.113.9:4711"], 200],
        [["[2001:db8::5]:4711"], 200],
        [["203.0.113.9, 198.51.100.1"], 403],
        [["203.0.113.9,"], 403],
        [["nonsense"], 403],
        [[], 403],
      ];
      for (const [forwarded, status] of cases) {
        const delivery = byStripe("/listed");
        const headers = forwarded.map((value) => ["X-Forwarded-For", value]);
        const all = changed(delivery, { headers: [...delivery.headers, ...headers] });
        assert.equal((await send(port, all)).status, status, forwarded.join(" and "));
      }
    });

    test("handshakes", async () => {
      const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P";
      const body = JSON.stringify({ token: "x", challenge, type: "url_verification" });
      const slack = await send(port, made.bySlack("/slack", body));
      assert.deepEqual([slack.status, slack.text], [200, challenge]);
      const unsigned = changed(made.bySlack("/slack", body), { headers: [made.JSON_TYPE] });
      assert.equal((await codeOf(port, unsigned)).status, 401);

      const subscribe = "/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
      const token = made.META_TOKEN.replaceAll(" ", "+");
      const meta = await send(port, sent(subscribe + token, "", [], "GET"));
      assert.deepEqual([meta.status, meta.text], [200, "1158201444"]);
      for (const path of [subscribe, `${subscribe}another`]) {
        assert.equal((await codeOf(port, sent(path, "", [], "GET"))).status, 401);
      }
    });

    test("a handler without an answer, and one that fails", async () => {
      const { status, text } = await send(port, byStripe("/acknowledged"));
      const { status: wanted, body } = acknowledgement("stripe");
      assert.deepEqual([status, text], [wanted, body]);
      assert.equal((await send(port, byStripe("/failing"))).status, 500);
    });

    test("a client that goes away", async () => {
      await abort(port, byStripe());
      await abort(port, byStripe("/unlisted"));
      assert.equal((await send(port, byStripe())).status, 200);
    });
  });
}

test("of a mounted router of Express the whole URL is signed", async () => {
  for (const name of ["express-4", "express-5"]) {
    const { port, close } = await SERVERS[name]();
    const { status } = await send(port, made.byTwilio("/mounted/twilio?a=%20b"));
    await close();
    assert.equal(status, 200);
  }
});
