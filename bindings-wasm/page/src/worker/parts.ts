// The signed bytes, part by part. Names and lengths are the core's; the bytes are found again in
// the request, and shown only where they are as long as the core says.

import type { Explanation } from "hookseal";

import { base64, base64url, headerBytes, hex, textOf, utf8, type Bytes } from "../shared/bytes.js";
import { jwsOf, queryOf, valueOf } from "../shared/find.js";
import type { Held, Part, Role } from "../shared/protocol.js";
import type { Row, Source } from "../shared/row.js";

/** What is shown of a long part: its first bytes and its last. */
const HEAD = 4096;
const TAIL = 256;

export interface Content {
  readonly parts: Part[];
  /** All of it; undefined where a part cannot be shown. */
  readonly bytes: Bytes[] | undefined;
}

interface Found {
  readonly role: Role;
  readonly from: string;
  readonly bytes?: Bytes | undefined;
}

export async function contentOf(
  signed: Explanation["signed"],
  held: Held,
  row: Row,
): Promise<Content> {
  const parts: Part[] = [];
  const all: Bytes[] = [];
  let isWhole = true;
  for (const { name, length } of signed) {
    const found = await partOf(name, held, row);
    const bytes = found.bytes?.length === length ? found.bytes : undefined;
    if (bytes !== undefined) all.push(bytes);
    isWhole &&= bytes !== undefined;
    parts.push({ name, length, role: found.role, from: found.from, ...shown(bytes) });
  }
  return { parts, bytes: isWhole ? all : undefined };
}

function shown(bytes: Bytes | undefined): Pick<Part, "head" | "tail"> {
  if (bytes === undefined) return {};
  if (bytes.length <= HEAD + TAIL) return { head: bytes.slice() };
  return { head: bytes.slice(0, HEAD), tail: bytes.slice(-TAIL) };
}

async function partOf(name: string, held: Held, row: Row): Promise<Found> {
  const [, word, ways, argument] =
    /^\{([a-z_0-9]+)((?:\|[a-z0-9]+)*)(?::([^{}]*))?\}$/.exec(name) ?? [];
  if (word === undefined) return literal(name);
  if (argument !== undefined) return named(word, argument, held, row);
  const found = plain(word, held, row);
  const steps = (ways ?? "").split("|").slice(1);
  const bytes = await steps.reduce(changed, Promise.resolve(found.bytes));
  const way = steps.length > 0 ? `, ${steps.join(", then ")}` : "";
  return { ...found, from: found.from + way, bytes };
}

function literal(name: string): Found {
  const text = name.replaceAll(/(\{|\}|\[|\])\1/g, "$1");
  return { role: "literal", from: "text of the scheme", bytes: utf8(text) };
}

function named(word: string, name: string, held: Held, row: Row): Found {
  const source: Source = { [word]: name };
  const role: Role = word === "header" ? "header" : word === "query" ? "url" : "body";
  return { role, from: placeOf(source), bytes: valueOf(source, held, row) };
}

function plain(word: string, held: Held, row: Row): Found {
  const url = held.url === undefined ? undefined : utf8(held.url);
  const method = held.method === undefined ? undefined : utf8(held.method);
  switch (word) {
    case "body":
      return { role: "body", from: "the raw body", bytes: held.body };
    case "timestamp":
      return fact("timestamp", row.timestamp, held, row);
    case "event_id":
      return fact("event", row.event_id, held, row);
    case "url":
      return { role: "url", from: "the URL", bytes: url };
    case "path":
      return { role: "url", from: "the URL", bytes: pathOf(held.url) };
    case "query":
      return { role: "url", from: "the URL", bytes: utf8(queryOf(held.url ?? "")) };
    case "method":
      return { role: "url", from: "the method", bytes: method };
    case "jws":
      return { role: "header", from: "the token", bytes: optionalUtf8(jwsOf(held, row)) };
    case "headers":
      return fact("header", row.signed_headers, held, row);
    case "form":
      return { role: "body", from: "the form's fields" };
    default:
      return { role: "secret", from: "the secret" };
  }
}

function fact(role: Role, source: Source | undefined, held: Held, row: Row): Found {
  if (source === undefined) return { role, from: "" };
  return { role, from: placeOf(source), bytes: valueOf(source, held, row) };
}

/** A place in words: `header webhook-id`. */
function placeOf(source: Source): string {
  for (const place of ["header", "json", "query", "form", "claim"] as const) {
    const name = source[place];
    if (name !== undefined) return `${place} ${name}`;
  }
  return "the body";
}

function pathOf(url: string | undefined): Bytes | undefined {
  return optionalUtf8(/^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url ?? "")?.[1]);
}

function optionalUtf8(text: string | undefined): Bytes | undefined {
  return text === undefined ? undefined : utf8(text);
}

// One way of changing a value; undefined for those that only the core knows.
async function changed(
  before: Promise<Bytes | undefined>,
  way: string,
): Promise<Bytes | undefined> {
  const bytes = await before;
  if (bytes === undefined) return undefined;
  const hash = { sha256: "SHA-256", sha512: "SHA-512", sha1: "SHA-1" }[way];
  if (hash !== undefined) return new Uint8Array(await crypto.subtle.digest(hash, bytes));
  switch (way) {
    case "hex":
      return utf8(hex(bytes));
    case "base64":
      return utf8(base64(bytes));
    case "base64url":
      return utf8(base64url(bytes));
    case "lower":
      return headerBytes((textOf(bytes) ?? "").toLowerCase());
    case "port":
    case "unescaped":
      return bytes;
    case "base":
      return optionalUtf8(textOf(bytes)?.split("?")[0]);
    default:
      return undefined;
  }
}
