"use strict";

// The table, and what is known of one row.

const { PLACES, sourceOf } = require("../facts.cjs");
const { providers } = require("../scheme.cjs");
const { named, weaknesses } = require("./bound.cjs");
const { namedScheme } = require("./input.cjs");
const { Failure, folded, show, showJson } = require("./output.cjs");

// Prints the table, or one row.
function run({ name, toml, json }) {
  if (toml && name === undefined) throw new Failure("--toml shows one provider: give its name");
  if (name === undefined) {
    const rows = providers();
    if (json) showJson(rows.map(rowOf));
    else show(rows.map(line).join(""));
    return 0;
  }
  const scheme = namedScheme(name);
  if (toml) show(scheme.toToml());
  else if (json) showJson(rowOf(scheme));
  else show(card(scheme));
  return 0;
}

const READ = {
  headers: "header",
  body_fields: "json",
  form_fields: "form",
  query_parameters: "query",
  claims: "claim",
};

// A row, for programs.
function rowOf(scheme) {
  const row = scheme.toJSON();
  const { name, algorithm, signed, bound, retry, confidence, source } = scheme;
  const read = Object.entries(READ).map(([key, place]) => [key, namesOf(row, place)]);
  return {
    name,
    algorithm,
    place: sourceOf(row.signature).place,
    encoding: row.encoding,
    key_id: row.key_id ?? null,
    signed,
    ...Object.fromEntries(read),
    body_bound: bound.body === "whole",
    body_coverage: bound.body,
    id_bound: bound.eventId,
    time_bound: bound.timestamp,
    url_bound: bound.url,
    method_bound: bound.method,
    admits: row.admits ?? [],
    retry,
    confidence,
    source,
    findings: scheme.lint(),
  };
}

// The names of one place that a row reads, each once, in the order of the walk.
function namesOf(row, place) {
  const { signature, timestamp, event_id: id, event_type: kind, signed_headers: list } = row;
  const sources = [signature, timestamp, id, kind, list, ...(row.checks ?? [])];
  const read = sources.flatMap((it) => (it?.[place] ?? "").toString().split("|"));
  const word = place === "json" ? "json(?:\\|[^:}]*)?" : place;
  const signed = Array.from(row.signed.matchAll(new RegExp(`\\{${word}:([^}]*)\\}`, "g")));
  const names = [...read, ...signed.map(([, name]) => name)];
  return [...new Set(names)].filter((name) => name !== "");
}

// A row on one line, its cells parted by tabs.
function line(scheme) {
  const { place, names } = sourceOf(scheme.toJSON().signature);
  const elsewhere = place === "body" ? place : `${place}:${names[0]}`;
  const at = place === "header" ? names[0] : elsewhere;
  return `${[scheme.name, scheme.algorithm, at, named(scheme.bound)[0] || "NOTHING"].join("\t")}\n`;
}

const LABEL = 14;

// What is known of a row, for a person.
function card(scheme) {
  const row = scheme.toJSON();
  const [kept, free] = named(scheme.bound);
  const lines = [
    ["algorithm", `${scheme.algorithm}, in ${row.encoding}`],
    ["signature", place(row.signature)],
    ["time", place(row.timestamp)],
    ["event id", place(row.event_id)],
    ["signed", visible(scheme.signed)],
    ["binds", kept || "NOTHING"],
    ["not bound", free],
    ["known from", scheme.source ? `${scheme.confidence}: ${scheme.source}` : scheme.confidence],
    ...weaknesses(scheme).map((text) => ["WARNING", text]),
  ];
  const told = lines.filter(([, value]) => value !== "");
  const texts = told.map(([label, value]) => {
    return `  ${label}`.padEnd(LABEL) + `${folded(value, LABEL)}\n`;
  });
  return `${scheme.name}\n${texts.join("")}`;
}

function place(source) {
  if (source === undefined) return "";
  const { place: where, names } = sourceOf(source);
  return `${PLACES[where]} ${names.join(" or ")}`.trimEnd();
}

// A text with its line ends and other control characters written out.
function visible(text) {
  return text.replaceAll(/\p{Cc}/gu, (each) => JSON.stringify(each).slice(1, -1));
}

module.exports = { card, run };
