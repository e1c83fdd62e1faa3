// What goes wrong with deliveries, done to a genuine one.

import type { Bound } from "hookseal";

import { base64, fromBase64, joined, textOf, utf8 } from "../shared/bytes.js";
import { headersNamed } from "../shared/find.js";
import type { Example } from "../shared/protocol.js";
import { windowOf, type Row } from "../shared/row.js";
import { halves } from "./key.js";

/** A delivery, and what its scheme covers. */
export interface Genuine {
  readonly it: Example;
  readonly row: Row;
  readonly bound: Bound;
  readonly sentAt: number | undefined;
}

/** One fault: the delivery that has it; undefined where this scheme cannot have it. */
export type Fault = (genuine: Genuine) => Example | undefined;

export const FAULTS: Readonly<Record<string, Fault>> = {
  genuine: ({ it }) => it,
  "changed-body": changedBody,
  "reserialised-json": reserialised,
  "trailing-newline": trailingNewline,
  "secret-of-another": otherSecret,
  "secret-with-newline": secretWithNewline,
  "late-replay": late,
  "header-renamed": headerRenamed,
  "url-behind-proxy": urlBehindProxy,
};

const MISMATCH = "signature_mismatch";
const ASYMMETRIC = /^(ed25519|ecdsa|rsa)/;

function changedBody({ it, row }: Genuine): Example | undefined {
  if (!signsBody(row)) return undefined;
  // The last letter or digit, but no backslash's.
  const text = textOf(it.body) ?? "";
  const at = /[A-Za-z0-9](?=[^A-Za-z0-9]*$)/.exec(text)?.index;
  if (at === undefined || text[at - 1] === "\\") return undefined;
  const changed = text[at] === "1" ? "2" : "1";
  const body = utf8(text.slice(0, at) + changed + text.slice(at + 1));
  return { ...it, body, promise: { verdict: MISMATCH } };
}

function reserialised({ it, row }: Genuine): Example | undefined {
  if (!signsBody(row)) return undefined;
  const text = textOf(it.body) ?? "";
  const value = parsed(text);
  if (typeof value !== "object" || JSON.stringify(value) !== text) return undefined;
  const body = utf8(JSON.stringify(value, null, 2));
  if (body.length === it.body.length) return undefined;
  return { ...it, body, promise: { verdict: MISMATCH, cause: "body_reserialised" } };
}

function trailingNewline({ it, row }: Genuine): Example | undefined {
  if (!signsBody(row)) return undefined;
  const body = joined([it.body, utf8("\n")]);
  return { ...it, body, promise: { verdict: MISMATCH, cause: "body_trailing_bytes" } };
}

function otherSecret({ it, row }: Genuine): Example | undefined {
  if (row.algorithm === "shared-token" || ASYMMETRIC.test(row.algorithm)) return undefined;
  const secret = another(it.secret, row);
  if (secret === undefined) return undefined;
  const promise = { verdict: MISMATCH, cause: "secret_of_another_endpoint" };
  return { ...it, secret, otherSecrets: [it.secret], promise };
}

function secretWithNewline({ it, row }: Genuine): Example | undefined {
  if (row.key.format !== "text" || !row.algorithm.startsWith("hmac-")) return undefined;
  const promise = { verdict: MISMATCH, cause: "secret_whitespace" };
  return { ...it, secret: `${it.secret}\n`, promise };
}

const DAY = 86_400;

function late({ it, row, bound, sentAt }: Genuine): Example | undefined {
  if (sentAt === undefined || !bound.timestamp || row.timestamp?.clock === "expiry")
    return undefined;
  const { past } = windowOf(row, undefined);
  const now = sentAt + past + 3 * DAY;
  return { ...it, now, promise: { verdict: "timestamp_too_old", cause: "old_retry" } };
}

function headerRenamed({ it, row }: Genuine): Example | undefined {
  const names = row.signature.header;
  const found = names === undefined ? [] : headersNamed(names, it.headers);
  if (names === undefined || names.includes("|") || found.length !== 1) return undefined;
  const headers = it.headers.map(([name, value]) =>
    found[0]?.[0] === name ? ([`X-Forwarded-${name}`, value] as const) : ([name, value] as const),
  );
  return { ...it, headers, promise: { verdict: "missing_signature", cause: "header_missing" } };
}

function urlBehindProxy({ it, row }: Genuine): Example | undefined {
  if (!/\{url[|}]/.test(row.signed) || it.url?.startsWith("https://") !== true) return undefined;
  const url = it.url.replace("https://", "http://");
  return { ...it, url, promise: { verdict: MISMATCH, cause: "url_scheme" } };
}

// Whether each byte of the body counts.
function signsBody(row: Row): boolean {
  return row.signed.includes("{body}") && row.checks.length === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// A secret of the same spelling with another key in it.
function another(secret: string, row: Row): string | undefined {
  const [id, half] = halves(secret, row);
  const prefix = half.startsWith(row.key.prefix ?? "") ? (row.key.prefix ?? "") : "";
  const bare = half.slice(prefix.length);
  const before = id + prefix;
  if (row.key.format === "base64") {
    const bytes = fromBase64(bare);
    return bytes && before + base64(bytes.reverse());
  }
  const digits = "0123456789";
  const other = bare.replace(/[0-9](?=[^0-9]*$)/, (digit) => digits[9 - Number(digit)] ?? "0");
  return before + (other === bare ? Array.from(bare).reverse().join("") : other);
}
