"use strict";

// A delivery as a provider sends it.

const { Buffer } = require("node:buffer");

const { rawBody } = require("../body.cjs");
const { captured } = require("../capture.cjs");
const { kind } = require("../errors.cjs");
const { inside, inspect, schemeOf } = require("../scheme.cjs");
const { signWhole } = require("../verifier.cjs");
const { lambdaEvent } = require("./lambda.cjs");
const { pairFor } = require("./secrets.cjs");
const { send } = require("./send.cjs");

const EVENT = { id: "evt_test", type: "test" };

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

class SignedDelivery {
  constructor({ method, url, headers, body }) {
    this.method = method;
    this.url = url;
    this.headers = Object.freeze({ ...headers });
    this.body = body;
    Object.freeze(this);
  }

  get target() {
    return /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^#]*)/i.exec(this.url)[1].replace(/^(?!\/)/, "/");
  }

  with(changes) {
    return new SignedDelivery({ ...this, ...changes });
  }

  request(path = this.target) {
    const { method, headers, body } = this;
    const base = /^[a-z][a-z\d+.-]*:\/\//i.test(this.url) ? this.url : "http://localhost";
    const hasBody = method !== "GET" && method !== "HEAD";
    return new Request(new URL(path, base), { method, headers, ...(hasBody && { body }) });
  }

  lambdaEvent(format = "2.0") {
    return lambdaEvent(this, format);
  }

  send(client, path = this.target) {
    return send(this, client, path);
  }

  [inspect]() {
    return `SignedDelivery of ${this.body.length} bytes`;
  }
}

function signDelivery(provider, given = {}) {
  const { secret, url = "/", method = "POST", eventId = "evt_test", now } = given;
  const scheme = schemeOf(provider);
  const { readsForm } = inside(scheme);
  const body = bytesOf(given.body ?? EVENT, readsForm);
  const type = readsForm && !/^\s*[[{]/.test(body.toString("latin1")) ? FORM : JSON_TYPE;
  const headers = { "content-type": type, ...lowered(given.headers ?? {}) };
  const request = { url, method, headers: Object.entries(headers), body, eventId, now };
  const options = { dangerWeakSecret: secret !== undefined };
  const made = signWhole(scheme, secret ?? pairFor(scheme).signs, request, options);
  const all = { ...headers, ...made.headers };
  return new SignedDelivery({ ...captured(made.whole), headers: all });
}

function bytesOf(body, asForm) {
  if (typeof body === "string") return Buffer.from(body);
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) {
    return Buffer.from(rawBody({ body }));
  }
  if (typeof body !== "object") throw new TypeError(`a body is not ${kind(body)}`);
  const isRecord = asForm && !Array.isArray(body);
  return Buffer.from(isRecord ? new URLSearchParams(body).toString() : JSON.stringify(body));
}

function lowered(headers) {
  const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(pairs);
}

module.exports = { SignedDelivery, signDelivery };
