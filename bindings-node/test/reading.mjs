// An independent reading of each row's TOML: its own content, its own key, its own tag.

import { createHash, createHmac } from "node:crypto";

import vectors from "./vectors.cjs";

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

export class Unread extends Error {}

export class Reading {
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

// The rows of a build, by name.
export function rowsOf(providers) {
  return new Map(providers().map((scheme) => [scheme.name, readToml(scheme.toToml())]));
}

// The genuine deliveries of each scheme.
export const genuine = new Map();
for (const { scheme, tests } of vectors.files) {
  const found = tests.filter((it) => it.expect === "verified" && it.now < 1e11);
  genuine.set(scheme, [...(genuine.get(scheme) ?? []), ...found]);
}

// The event id that a delivery was signed with.
export function eventIdOf({ event_id: id }, vector) {
  const headers = vectors.headersOf(vector);
  const found = id?.header && headers.find(([key]) => listed(id.header, key.toLowerCase()));
  return found?.[1] ?? vector.event_id ?? "msg_1";
}
