// A signature that is no header, put where its provider puts it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Scheme, SigningError, Verifier } from "hookseal";
import { secretFor, signDelivery } from "hookseal/testing";

const acme = (signature) =>
  new Scheme({
    name: "acme",
    signature,
    timestamp: { header: "x-time", clock: "seconds" },
    eventId: { header: "X-Id", names: "event" },
    signed: "{timestamp}.{json:b}",
    admits: ["body-unsigned"],
  });

function accepts(scheme, delivery) {
  return new Verifier(scheme, secretFor(scheme)).verify(delivery).scheme;
}

test("a value is put into JSON, and nothing else changes", () => {
  for (const [path, body, wanted] of [
    ["sig", '{"b":1.50, "sig":"old"}', /^\{"b":1\.50,"sig":"[0-9a-f]{64}"\}$/],
    ["a.sig", ' {"b":7,"n":[1.0, 2e5 ]}', /^\{"b":7,"n":\[1\.0, 2e5 \],"a":\{"sig":"\w{64}"\}\}$/],
    ["i[].sig", '{"b":7,"i":[{"x":1}]}', /^\{"b":7,"i":\[\{"x":1,"sig":"\w{64}"\}\]\}$/],
  ]) {
    const scheme = acme({ json: path });
    const delivery = signDelivery(scheme, { body });
    assert.match(`${delivery.body}`, wanted);
    assert.equal(accepts(scheme, delivery), "acme");
  }
  for (const [path, body] of [
    ["i[].sig", '{"b":1}'],
    ["b.sig", '{"b":1}'],
    ["i.sig", '{"b":1,"i":[]}'],
  ]) {
    assert.throws(
      () => signDelivery(acme({ json: path }), { body }),
      (error) => error instanceof SigningError && error.code === "malformed_body",
    );
  }
});

test("a value is put into a query, once and encoded", () => {
  const url = "/h?sig=old&t=%20";
  const scheme = acme({ query: "sig", prefix: "v=" });
  const delivery = signDelivery(scheme, { body: '{"b":1}', url });
  assert.match(delivery.url, /^\/h\?t=%20&sig=v%3D[0-9a-f]{64}$/);
  assert.equal(accepts(scheme, delivery), "acme");
});

test("an event id goes where nobody signs it, and is one line of text", () => {
  const scheme = acme({ header: "x-sig" });
  const sent = signDelivery(scheme, { body: '{"b":1}', eventId: "evt_7" });
  assert.equal(sent.headers["X-Id"], "evt_7");
  for (const eventId of ["a\r\nb: c", "é", ""]) {
    assert.throws(
      () => signDelivery(scheme, { body: '{"b":1}', eventId }),
      (error) => error instanceof SigningError && error.code === "malformed_event_id",
    );
  }
});
