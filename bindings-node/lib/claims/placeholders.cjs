"use strict";

// The texts, with each client's own placeholders in the place of `:name`.

const texts = require("./texts.cjs");

const NAME = /:([a-z_]+)/g;

// A text without its comments, and the names in it, each once.
function read(store, name) {
  const text = texts[store][name]
    .replaceAll(/ *--.*$/gm, "")
    .trim()
    .replace(/;$/, "");
  return { text, names: [...new Set(Array.from(text.matchAll(NAME), ([, it]) => it))] };
}

// Those of a store, with the placeholders that `spell` gives for a name's place and name.
function spelled(store, spell) {
  const names = Object.keys(texts[store]).filter((name) => !name.endsWith("schema"));
  return Object.fromEntries(
    names.map((name) => {
      const found = read(store, name);
      const text = found.text.replaceAll(NAME, (_, it) => spell(found.names.indexOf(it), it));
      return [name, { ...found, text, gives: /^SELECT|\bRETURNING\b/.test(text) }];
    }),
  );
}

const numbered = spelled("postgresql", (at) => `$${at + 1}`);
const named = spelled("sqlite", (_, name) => `:${name}`);

// For those who take a text alone: only bytes, whole numbers, truth and nothing are ever put in.
function inlined(store, name, given) {
  return read(store, name).text.replaceAll(NAME, (_, it) => literal(store, given[it]));
}

function literal(store, value) {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (Number.isSafeInteger(value)) return `${value}`;
  const hex = value.toString("hex");
  return store === "sqlite" ? `X'${hex}'` : `'\\x${hex}'::bytea`;
}

// For Knex: a question mark for each, and the values in that order.
function marked(store, name, given) {
  const values = [];
  const text = read(store, name).text.replaceAll(NAME, (_, it) => {
    values.push(given[it]);
    return "?";
  });
  return { text, values };
}

module.exports = { inlined, marked, named, numbered };
