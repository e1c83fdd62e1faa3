"use strict";

// A signature put where its provider puts it: into the headers, the body, the URL.

const { Buffer } = require("node:buffer");

const { SchemeError, SigningError } = require("./errors.cjs");
const { factsOf, headerOf, sourceOf } = require("./facts.cjs");
const { inJson } = require("./json-text.cjs");
const { sign } = require("./verifier.cjs");

// The headers that sign a delivery; and, where the signature is no header, `elsewhere`: its name,
// value and place. The headers of the request are pairs.
function signatureOf(scheme, secret, request, options) {
  const row = factsOf(scheme);
  checkHash(row, request);
  const { added, request: whole } = timed(row, request, (it) => sign(scheme, secret, it, options));
  const { headers, signature } = sign(scheme, secret, whole, options);
  const identity = headerOf(row.event_id);
  if (
    identity !== undefined &&
    request.eventId !== undefined &&
    !Object.hasOwn(headers, identity)
  ) {
    added[identity] = request.eventId;
  }
  const { place, names } = sourceOf(row.signature);
  if (place === "header") return { headers: { ...added, ...headers } };
  const [prefix] = (row.signature.prefix ?? "").split("|");
  const value = `${prefix}${identified(row, secret)}${signature}`;
  return { headers: { ...added, ...headers }, elsewhere: { name: names[0] ?? "", value, place } };
}

// Where a header lists those that are signed, and the time's header is among them, both have to be
// there before they are signed.
function timed(row, request, signed) {
  const list = headerOf(row.signed_headers);
  const time = headerOf(row.timestamp);
  if (list === undefined || time === undefined || list === headerOf(row.signature)) {
    return { added: {}, request };
  }
  const listed = valueOf(request.headers, list) ?? `${list},${time}`;
  const now = request.now ?? new Date();
  const listing = { ...request, headers: set(request.headers, list, listed), now };
  const first = signed({ ...listing, headers: set(listing.headers, time, "0") });
  const headers = set(listing.headers, time, first.headers[time]);
  return { added: { [list]: listed }, request: { ...listing, headers } };
}

function isNamed(name) {
  return ([it]) => it.toLowerCase() === name.toLowerCase();
}

function valueOf(headers, name) {
  return headers.find(isNamed(name))?.[1];
}

function set(headers, name, value) {
  const is = isNamed(name);
  return [...headers.filter((pair) => !is(pair)), [name, value]];
}

// The first half of a secret, where it stands before the signature.
function identified({ signature, key_id: parts }, secret) {
  if (signature.key_mark === undefined || parts === undefined) return "";
  const text = Buffer.from(secret).toString();
  return `${text.slice(0, Math.max(text.lastIndexOf(parts), 0))}${signature.key_mark}`;
}

// Of a body that is no form the hash is signed, as a part of the URL: it must be there.
function checkHash({ checks = [] }, { url = "", body }) {
  const missing = checks.find(({ query }) => query !== undefined && !url.includes(query));
  if (missing === undefined || !body.toString("latin1").trimStart().startsWith("{")) return;
  throw new SigningError(
    "missing_field",
    "a body that is no form needs its hash in the URL, as the query parameter " +
      `${missing.query}: ${missing.equals}`,
  );
}

// URL and body with a signature that is no header. What was there in its place is replaced.
function placeIn({ name, value, place }, url, body) {
  if (place === "body") return { url, body: Buffer.from(value) };
  if (place === "form") return { url, body: inForm(body, name, value) };
  if (place === "query") {
    const [, base, query = ""] = /^([^?]*)\??([^]*)$/.exec(url ?? "");
    return { url: `${base}?${inForm(Buffer.from(query), name, value)}`, body };
  }
  if (place === "json") return { url, body: inObject(body, name, value) };
  throw new SchemeError("cannot_sign", "the signature's place is not known");
}

// A form with one field, there once and at the end.
function inForm(form, name, value) {
  const fields = form.toString("latin1").split("&");
  const others = fields.filter((it) => it !== "" && it.split("=")[0] !== name);
  return Buffer.from([...others, `${encoded(name)}=${encoded(value)}`].join("&"), "latin1");
}

function encoded(text) {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function inObject(body, name, value) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return Buffer.from(inJson(text, name.split("."), value));
  } catch {
    throw new SigningError(
      "malformed_body",
      "the signature has no place in the body: it is a field of JSON objects",
    );
  }
}

module.exports = { placeIn, signatureOf };
