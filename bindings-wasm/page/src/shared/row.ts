// The facts of a scheme, read out of the TOML that the core writes of it.

import type { Scheme } from "hookseal";

/** A place in the request, as a row names it. */
export interface Source {
  readonly header?: string;
  readonly json?: string;
  readonly query?: string;
  readonly form?: string;
  readonly claim?: string;
  readonly body?: boolean;
  readonly split?: string;
  readonly prefix?: string;
}

export interface Time extends Source {
  readonly clock: string;
  readonly past?: number;
  readonly future?: number;
}

/** What the page needs to know of a row. */
export interface Row {
  readonly name: string;
  readonly signature: Source & { readonly key_mark?: string };
  readonly encoding: string;
  readonly signed: string;
  readonly algorithm: string;
  readonly key: { readonly format: string; readonly prefix?: string };
  /** The byte that parts a secret of two halves. */
  readonly key_id?: string;
  readonly timestamp?: Time;
  readonly event_id?: Source;
  readonly event_type?: Source;
  readonly signed_headers?: Source;
  readonly checks: readonly Source[];
}

/** The seconds of a window where a row names none, either way. */
const WINDOW = 300;

const rows = new WeakMap<Scheme, Row>();

export function rowOf(scheme: Scheme): Row {
  let row = rows.get(scheme);
  if (row === undefined) {
    row = complete(readToml(scheme.toToml()), scheme);
    rows.set(scheme, row);
  }
  return row;
}

/** How long before now, and after, a delivery may be signed: in seconds. */
export function windowOf(
  row: Row,
  tolerance: number | undefined,
): { past: number; future: number } {
  const expires = row.timestamp?.clock === "expiry";
  return {
    past: tolerance ?? row.timestamp?.past ?? (expires ? 0 : WINDOW),
    future: row.timestamp?.future ?? WINDOW,
  };
}

/** Whether anything of the URL is read: signed, or checked, or a value in its query. */
export function readsUrl(row: Row): boolean {
  return /\{(url|path|query)|"query":/.test(JSON.stringify(row));
}

export function readsMethod(row: Row): boolean {
  return JSON.stringify(row).includes("{method");
}

function complete(facts: Record<string, unknown>, scheme: Scheme): Row {
  const key = facts.key ?? "text";
  return {
    encoding: "hex",
    checks: [],
    ...(facts as Partial<Row>),
    name: scheme.name,
    signature: facts.signature as Row["signature"],
    signed: scheme.signed,
    algorithm: scheme.algorithm,
    key: typeof key === "string" ? { format: key } : (key as Row["key"]),
  };
}

// What the core writes is regular: a key a line, and values that are JSON but for inline tables.
function readToml(text: string): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  const lines = text.replaceAll(/,\n\]/g, "]").replaceAll(/\n +/g, " ").trim().split("\n");
  for (const line of lines) {
    const [, key, value] = /^([a-z_]+) = (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    const json = value.replace(/"(?:[^"\\]|\\.)*"|([a-z_]+) = /g, (all, name) =>
      typeof name === "string" ? `"${name}":` : all,
    );
    facts[key] = JSON.parse(json);
  }
  return facts;
}
