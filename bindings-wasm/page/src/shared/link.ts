// A link that opens the page with the same configuration: in the fragment, which no server sees.
// The secret is never in it. What of the request is in it can be read by whoever has the link.

import { base64url, fromBase64, hex, textOf, utf8, type Bytes } from "./bytes.js";
import type { Header } from "./protocol.js";

/** What a link can carry. */
export interface Shared {
  readonly provider?: string | undefined;
  readonly toml?: string | undefined;
  readonly framework?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly headers?: readonly Header[] | undefined;
  /** The body, in base64url. */
  readonly body?: string | undefined;
}

/** A body that is longer does not fit into a link. */
export const MOST_BODY = 16_384;

/** Headers that authenticate somebody, and have no part in a signature that anyone may see. */
const PRIVATE = /^(authorization|proxy-authorization|cookie|set-cookie)$/i;

const TEXTS = ["provider", "toml", "framework", "url", "method", "body"] as const;

/** The fragment, and what was left out because a secret is in it. */
export function fragmentOf(
  shared: Shared,
  secrets: readonly string[],
): { fragment: string; leftOut: string[] } {
  const leftOut: string[] = [];
  const known = secrets.filter((secret) => secret.trim() !== "").map((secret) => secret.trim());
  const entries = Object.entries(shared).flatMap(([key, value]): [string, unknown][] => {
    if (value === undefined) return [];
    if (key === "headers") return [[key, openHeaders(value as Header[], known, leftOut)]];
    const plain = key === "body" ? bodyOf({ body: String(value) }) : utf8(String(value));
    if (plain === undefined || !known.some((secret) => holds(plain, secret))) return [[key, value]];
    leftOut.push(key);
    return [];
  });
  return { fragment: base64url(utf8(JSON.stringify(Object.fromEntries(entries)))), leftOut };
}

/** What a fragment says; undefined where it is none of ours. */
export function sharedBy(fragment: string): Shared | undefined {
  const bytes = fragment === "" ? undefined : fromBase64(fragment);
  const text = bytes && textOf(bytes);
  if (text === undefined) return undefined;
  try {
    return checked(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function bodyOf({ body }: Pick<Shared, "body">): Bytes | undefined {
  return body === undefined ? undefined : fromBase64(body);
}

function openHeaders(headers: readonly Header[], secrets: readonly string[], leftOut: string[]) {
  return headers.filter(([name, value]) => {
    const isOpen =
      !PRIVATE.test(name) && !secrets.some((secret) => holds(utf8(`${name}: ${value}`), secret));
    if (!isOpen) leftOut.push(name);
    return isOpen;
  });
}

// As it is, percent-encoded, or as a JSON string has it.
function holds(bytes: Uint8Array, secret: string): boolean {
  const all = hex(bytes);
  const spellings = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return spellings.some((one) => all.includes(hex(utf8(one))));
}

// Only texts of the names that are known: a link is anybody's.
function checked(value: unknown): Shared | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const from = value as Record<string, unknown>;
  const texts = TEXTS.filter((key) => typeof from[key] === "string").map((key) => [key, from[key]]);
  const { tolerance, headers } = from;
  const isHeader = (it: unknown): it is Header =>
    Array.isArray(it) && it.length === 2 && it.every((part) => typeof part === "string");
  return {
    ...Object.fromEntries(texts),
    ...(Number.isInteger(tolerance) ? { tolerance: tolerance as number } : {}),
    ...(Array.isArray(headers) ? { headers: headers.filter(isHeader) } : {}),
  };
}
