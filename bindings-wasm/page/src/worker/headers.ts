// The headers that a scheme reads, taken apart.

import { headersNamed, itemsOf, prefixOf } from "../shared/find.js";
import type { Header, Parted, Role, Span } from "../shared/protocol.js";
import type { Row, Source } from "../shared/row.js";

type Reading = readonly [source: Source, role: Role];

/** Every received header that the scheme reads a value of. */
export function takeApart(row: Row, headers: readonly Header[]): Parted[] {
  const readings = readingsOf(row);
  return headers.flatMap(([name, value]) => {
    const here = readings.filter(
      ([{ header }]) => header !== undefined && headersNamed(header, [[name, value]]).length > 0,
    );
    return here.length === 0 ? [] : [{ name, spans: spansOf(value, here) }];
  });
}

function readingsOf(row: Row): Reading[] {
  const readings: [Source | undefined, Role][] = [
    [row.signature, "signature"],
    [row.timestamp, "timestamp"],
    [row.event_id, row.signed.includes("{event_id}") ? "event" : "none"],
    [row.signed_headers, "header"],
  ];
  const inTemplate = Array.from(
    row.signed.matchAll(/\{header:([^{}]+)\}/g),
    ([, header]) => header,
  );
  for (const header of inTemplate) {
    if (header !== undefined) readings.push([{ header }, "header"]);
  }
  return readings.filter((it): it is [Source, Role] => it[0] !== undefined);
}

function spansOf(value: string, readings: readonly Reading[]): Span[] {
  const split = readings.find(([source]) => source.split !== undefined)?.[0].split;
  const spans: Span[] = [];
  for (const [item, end] of itemsOf(value, split)) {
    const blank = /^\s*/.exec(item)?.[0] ?? "";
    if (blank !== "") spans.push({ text: blank, role: "literal" });
    spans.push(...spansOfItem(item.slice(blank.length), readings));
    if (end !== "") spans.push({ text: end, role: "literal" });
  }
  return spans;
}

function spansOfItem(item: string, readings: readonly Reading[]): Span[] {
  for (const [source, role] of readings) {
    const prefix = prefixOf(item, source.prefix);
    if (prefix === undefined) continue;
    const rest = { text: item.slice(prefix.length), role };
    return prefix === "" ? [rest] : [{ text: prefix, role: "literal" }, rest];
  }
  return [{ text: item, role: "none" }];
}
