"use strict";

// The facts of a scheme, with the keys and words of its file.

// Where a value can be, in words.
const PLACES = {
  header: "header",
  json: "JSON field",
  form: "form field",
  query: "query parameter",
  claim: "claim of the JWS",
  body: "the whole body",
};

// Reads the TOML that the core writes, which is not all of TOML: a key on each line, and tables and
// lists inline. Its strings are strings of JSON too.
function factsOf(scheme) {
  const row = {};
  for (const [, key, value] of scheme.toToml().matchAll(/^([a-z_]+) = (\[\n[^]*?^\]|.*)$/gm)) {
    row[key] = JSON.parse(value.replaceAll(/"(?:[^"\\]|\\.)*"|([a-z_]+) = |,\s*\]/g, asJson));
  }
  return row;
}

function asJson(text, key) {
  if (key !== undefined) return `"${key}":`;
  return text.startsWith(",") ? "]" : text;
}

// The place of a value, and the names that it has there.
function sourceOf(source) {
  const place = Object.keys(PLACES).find((it) => Object.hasOwn(source, it));
  return { place, names: place === "body" ? [] : source[place].split("|") };
}

// The name of a header that a row reads, if it is a header.
function headerOf(source) {
  return source?.header?.split("|")[0];
}

module.exports = { PLACES, factsOf, headerOf, sourceOf };
