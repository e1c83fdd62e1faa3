// `sign` against the HMAC of Node: an independent reading of each row's TOML, with its own content,
// its own key and its own tag.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";

import { SigningError, Verifier, providers, sign, verify } from "hookseal";

import vectors from "./vectors.cjs";

// Rows that the reading below understands; more words, more rows.
const CHECKED = 202;

// TOML as the rows have it, with inline tables and lists alone: each value as JSON.
function readToml(text) {
  const row = {};
  const lines = text.replaceAll(/,\n\]/g, "]").replaceAll(/\n +/g, " ").trim().split("\n");
  for (const line of lines) {
    const [, key, value] = /^([a-z_]+) = (.*)$/.exec(line);
    const json = value.replace(/"(?:[^"\\]|\\.)*"|([a-z_]+) = /g, (all, name) =>
      name ? `"${name}":` : all,
    );
    row[key] = JSON.parse(json);
  }
  return row;
}

function listed(text, what) {
  return text
    .split("|")
    .map((it) => it.toLowerCase())
    .includes(what);
}

class Unread extends Error {}

class Reading {
  constructor(row, vector, headers) {
    this.row = row;
    this.vector = vector;
    this.body = vectors.bodyOf(vector);
    const received = vectors.headersOf(vector);
    this.headers = [...Object.entries(headers), ...received];
  }

  header(names) {
    const found = this.headers.find(([name]) => listed(names, name.toLowerCase()));
    if (found === undefined) throw new Unread(names);
    return found[1];
  }

  // A value in a header, or in the item of a list in it.
  value({ header, split, prefix = "" }) {
    if (header === undefined) throw new Unread("no header");
    const value = this.header(header);
    const chars = [...(split ?? "")].map((char) => `\\u{${char.codePointAt(0).toString(16)}}`);
    const items =
      split === undefined ? [value] : value.split(new RegExp(`[${chars.join("")}]`, "u"));
    for (const item of items) {
      const start = prefix.split("|").find((it) => item.startsWith(it));
      if (start !== undefined) return Buffer.from(item.slice(start.length), "latin1");
    }
    throw new Unread(prefix);
  }

  word(word) {
    const { url, method } = this.vector;
    if (word === "body") return this.body;
    if (word === "timestamp") return this.value(this.row.timestamp);
    if (word === "event_id") return this.value(this.row.event_id);
    if (word === "url") return Buffer.from(url);
    if (word === "method") return Buffer.from(method);
    if (word === "body|sha256") return createHash("sha256").update(this.body).digest();
    if (word === "body|sha256|hex")
      return Buffer.from(createHash("sha256").update(this.body).digest("hex"));
    if (word === "body|md5|base64")
      return Buffer.from(createHash("md5").update(this.body).digest("base64"));
    if (word.startsWith("header:"))
      return Buffer.from(this.header(word.slice("header:".length)), "latin1");
    throw new Unread(word);
  }

  content() {
    const { signed = "{body}" } = this.row;
    if (/\{\{|\}\}|\[|\]/.test(signed)) throw new Unread(signed);
    const pieces = signed.split(/\{([^}]*)\}/);
    return Buffer.concat(pieces.map((it, at) => (at % 2 === 0 ? Buffer.from(it) : this.word(it))));
  }

  key() {
    if (this.row.key_id !== undefined) throw new Unread("key_id");
    const secret = this.vector.secrets[this.vector.secret_index];
    const { format, prefix = "" } =
      typeof this.row.key === "object" ? this.row.key : { format: this.row.key ?? "text" };
    const bare = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
    if (format === "text") return Buffer.from(secret);
    if (format === "hex" || format === "base64") return Buffer.from(bare, format);
    throw new Unread(format);
  }

  tag() {
    const hash = this.row.algorithm.replace("hmac-", "");
    const tag = createHmac(hash, this.key()).update(this.content()).digest();
    const { encoding = "hex" } = this.row;
    if (encoding === "hex" || encoding === "hex-any-case" || encoding === "hex-or-base64")
      return tag.toString("hex");
    if (encoding === "base64" || encoding === "base64url") return tag.toString(encoding);
    if (encoding === "base64url-padded")
      return tag.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
    if (encoding === "base64-of-hex") return Buffer.from(tag.toString("hex")).toString("base64");
    throw new Unread(encoding);
  }
}

const rows = new Map(providers().map((scheme) => [scheme.name, readToml(scheme.toToml())]));
const genuine = new Map();
for (const { scheme, tests } of vectors.files) {
  const found = tests.filter((it) => it.expect === "verified" && it.now < 1e11);
  genuine.set(scheme, [...(genuine.get(scheme) ?? []), ...found]);
}

const options = { dangerWeakSecret: true };

function signAgain(name, vector) {
  const { event_id: id } = rows.get(name);
  const headers = vectors.headersOf(vector);
  const found = id?.header && headers.find(([key]) => listed(id.header, key.toLowerCase()));
  const eventId = found?.[1] ?? vector.event_id ?? "msg_1";
  const secret = vector.secrets[vector.secret_index];
  return sign(name, secret, { ...vectors.requestOf(vector), eventId }, options);
}

test("sign makes the tag that Node's HMAC makes", () => {
  let checked = 0;
  const unread = [];
  for (const [name, row] of rows) {
    if (!(row.algorithm ?? "hmac-sha256").startsWith("hmac-")) continue;
    row.algorithm ??= "hmac-sha256";
    const [vector] = genuine.get(name);
    const { headers, signature } = signAgain(name, vector);
    try {
      assert.equal(signature, new Reading(row, vector, headers).tag(), name);
      checked += 1;
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      unread.push(`${name}: ${error.message}`);
    }
  }
  assert.ok(checked >= CHECKED, `${checked} checked; not read: ${unread.join(", ")}`);
});

test("a reading with another key makes another tag", () => {
  const [vector] = genuine.get("github");
  const { headers, signature } = signAgain("github", vector);
  const other = { ...vector, secrets: ["another secret, which nobody has"] };
  assert.notEqual(
    new Reading({ ...rows.get("github"), algorithm: "hmac-sha256" }, other, headers).tag(),
    signature,
  );
});

test("what is signed verifies, and not with another body", () => {
  const now = 1_700_000_000;
  for (const name of ["stripe", "github", "standard-webhooks", "slack", "shopify"]) {
    const secret =
      name === "standard-webhooks"
        ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        : "a secret of at least 16 bytes";
    const body = Buffer.from('{"id":"evt_1"}');
    const { headers } = sign(name, secret, { body, eventId: "msg_1", now });
    assert.equal(verify(name, secret, { body, headers, now }).scheme, name);
    assert.deepEqual(
      new Verifier(name, secret).sign({ body, eventId: "msg_1", now }).headers,
      headers,
    );
    const other = { body: Buffer.from("{}"), headers, now };
    assert.throws(() => verify(name, secret, other), { code: "signature_mismatch", status: 401 });
  }
});

test("what is missing is told", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const unsigned = () => sign("standard-webhooks", secret, { body: Buffer.from("{}") });
  assert.throws(unsigned, SigningError);
  assert.throws(unsigned, { code: "missing_event_id", name: "SigningError" });
});
