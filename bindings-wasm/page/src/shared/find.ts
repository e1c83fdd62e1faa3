// Where the values of a scheme are in a request. This is for showing them: what is judged is read
// by the core alone, and what is shown is held against the lengths that the core tells.

import { fromBase64, headerBytes, textOf, utf8, type Bytes } from "./bytes.js";
import type { Held, Header } from "./protocol.js";
import type { Row, Source, Time } from "./row.js";

/** The value, as the bytes that were received; undefined where it is not there. */
export function valueOf(source: Source, held: Held, row: Row): Bytes | undefined {
  if (source.header !== undefined) return inHeader(source, held.headers);
  if (source.body === true) return held.body;
  if (source.query !== undefined) return parameter(queryOf(held.url ?? ""), source.query);
  if (source.form !== undefined) return parameter(textOf(held.body) ?? "", source.form);
  if (source.json !== undefined) return text(inJson(textOf(held.body) ?? "", source.json));
  if (source.claim !== undefined) return text(claims(held, row)?.[source.claim]);
  return undefined;
}

/** The headers of one of these names, `a|b`. */
export function headersNamed(names: string, headers: readonly Header[]): Header[] {
  const wanted = names.toLowerCase().split("|");
  return headers.filter(([name]) => wanted.includes(name.toLowerCase()));
}

/** A list taken apart: its items, and after each the character that parts it from the next. */
export function itemsOf(value: string, split: string | undefined): [item: string, end: string][] {
  if (split === undefined) return [[value, ""]];
  const items: [string, string][] = [];
  let item = "";
  for (const char of value) {
    if (split.includes(char)) {
      items.push([item, char]);
      item = "";
    } else {
      item += char;
    }
  }
  items.push([item, ""]);
  return items;
}

/** The prefix that the item begins with; undefined where it is another item. */
export function prefixOf(item: string, prefixes: string | undefined): string | undefined {
  return (prefixes ?? "").split("|").find((prefix) => item.startsWith(prefix));
}

/** The time at which the delivery says that it was signed, in seconds. */
export function sentAt(held: Held, row: Row): number | undefined {
  const value = row.timestamp && valueOf(row.timestamp, held, row);
  const spelled = value && textOf(value);
  return spelled === undefined ? undefined : seconds(spelled, row.timestamp as Time);
}

/** The text of a JWS without its signature; undefined where there is none. */
export function jwsOf(held: Held, row: Row): string | undefined {
  const value = valueOf(row.signature, held, row);
  const token = value && textOf(value);
  return token?.slice(0, token.lastIndexOf("."));
}

/** The query of a URL as it stands there. */
export function queryOf(url: string): string {
  return /\?([^#]*)/.exec(url)?.[1] ?? "";
}

function seconds(spelled: string, { clock }: Time): number | undefined {
  const isNumber = /^\d+$/.test(spelled);
  const millis = !isNumber
    ? Date.parse(spelled)
    : Number(spelled) * (clock === "millis" || spelled.length === 13 ? 1 : 1000);
  const found = Math.floor(millis / 1000);
  return Number.isFinite(found) && Math.abs(found) < 1e11 ? found : undefined;
}

function inHeader(source: Source, headers: readonly Header[]): Bytes | undefined {
  for (const name of source.header?.split("|") ?? []) {
    for (const [, value] of headersNamed(name, headers)) {
      for (const [item] of itemsOf(value, source.split)) {
        const prefix = prefixOf(item.trim(), source.prefix);
        if (prefix !== undefined) return headerBytes(item.trim().slice(prefix.length));
      }
    }
  }
  return undefined;
}

function parameter(pairs: string, names: string): Bytes | undefined {
  const found = new URLSearchParams(pairs);
  for (const name of names.split("|")) {
    const value = found.get(name);
    if (value !== null) return utf8(value);
  }
  return undefined;
}

function inJson(json: string, paths: string): unknown {
  const root = parsed(json);
  return paths
    .split("|")
    .map((path) => at(root, path))
    .find((value) => value !== undefined && value !== null);
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "");
  } catch {
    return undefined;
  }
}

function at(root: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, step) => {
    const next = (inner as Record<string, unknown> | undefined)?.[step.replace("[]", "")];
    return step.endsWith("[]") && Array.isArray(next) ? next[0] : next;
  }, root);
}

function claims(held: Held, row: Row): Record<string, unknown> | undefined {
  const payload = fromBase64(jwsOf(held, row)?.split(".")[1] ?? "");
  const found = parsed(payload && textOf(payload));
  return typeof found === "object" && found !== null ? { ...found } : undefined;
}

function text(value: unknown): Bytes | undefined {
  if (typeof value === "string") return utf8(value);
  if (typeof value === "number" || typeof value === "boolean") return utf8(String(value));
  return undefined;
}
