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

// The place of a value, and the names that it has there.
function sourceOf(source) {
  const place = Object.keys(PLACES).find((it) => Object.hasOwn(source, it));
  return { place, names: place === "body" ? [] : source[place].split("|") };
}

module.exports = { PLACES, sourceOf };
