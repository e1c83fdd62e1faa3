// An endpoint of the native half: who may send, and under which URL. The rules have their own tests
// in the core; these are of what crosses the border.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const core = require("../lib/native.cjs");
const { native } = require("../lib/errors.cjs");
const { ALL, read } = require("../lib/headers.cjs");
const { bytesOf } = require("../lib/memory.cjs");

const stripe = core.Row.named("stripe");
const twilio = core.Row.named("twilio");

const endpoint = (row, ...options) => native(() => new core.Endpoint(row, ...options));
const forwarded = (...lists) =>
  bytesOf(read({ Host: "a.example", "X-Forwarded-For": lists }, ALL));
const none = new Uint8Array(0);

test("the address at the other end of the connection", () => {
  const it = endpoint(stripe, undefined, ["192.0.2.0/24", "2001:db8::1"], 0);
  for (const peer of ["192.0.2.7", "::ffff:192.0.2.7", "[2001:db8::1]:443", "192.0.2.7:80"]) {
    assert.equal(it.isAllowed(peer, forwarded("198.51.100.1")), true, peer);
  }
  for (const peer of ["192.0.3.7", "", "unix:", undefined]) {
    assert.equal(it.isAllowed(peer, forwarded("192.0.2.7")), false, peer);
  }
  const anybody = endpoint(stripe, undefined, undefined, 0);
  assert.equal(anybody.isAllowed(undefined, none), true);
});

test("proxies of one's own", () => {
  const it = endpoint(stripe, undefined, ["192.0.2.7"], 2);
  assert.equal(it.isAllowed("10.0.0.2", forwarded("1.2.3.4, 192.0.2.7", "10.0.0.1")), true);
  assert.equal(it.isAllowed("10.0.0.2", forwarded("192.0.2.7, 1.2.3.4", "10.0.0.1")), false);
  assert.equal(it.isAllowed("192.0.2.7", forwarded("192.0.2.7")), false);
  assert.equal(it.isAllowed("192.0.2.7", forwarded("é, 192.0.2.7", "é")), true);
  assert.equal(it.isAllowed("192.0.2.7", none), false);
});

test("the URL is the configured one", () => {
  const url = (configured, target) => endpoint(stripe, configured, undefined, 0).url(target);
  assert.equal(url(undefined, "http://b.example/g?x=2"), "/g?x=2");
  assert.equal(url("https://a.example", "/g?x=2"), "https://a.example/g?x=2");
  assert.equal(url("https://a.example/h?x=1", "/g?x=2"), "https://a.example/h?x=2");
  assert.equal(url("https://a.example/h?x=1", "/g"), "https://a.example/h?x=1");
});

test("options that cannot be meant", () => {
  const refused = (code, key, ...options) => {
    assert.throws(() => endpoint(...options), { name: "SchemeError", code, key });
  };
  refused("no_public_url", "url", twilio, undefined, undefined, 0);
  refused("malformed_public_url", "url", stripe, "a.example", undefined, 0);
  refused("malformed_public_url", "url", stripe, "https://a.example/#a", undefined, 0);
  refused("no_networks", "allowFrom", stripe, undefined, [], 0);
  refused("network_host_bits", "allowFrom[1]", stripe, undefined, ["::1", "10.0.0.1/8"], 0);
  refused("malformed_network", "allowFrom[0]", stripe, undefined, ["nonsense"], 0);
});
