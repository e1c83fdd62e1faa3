// A signature that is no header, put where its provider puts it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const { inJson } = require("../lib/json-text.cjs");
const { placeIn } = require("../lib/outgoing.cjs");

test("a value is put into JSON, and nothing else changes", () => {
  for (const [text, path, wanted] of [
    ["{}", "a", '{"a":"s"}'],
    ['{"a": 1, "b": [1.0, 2e5 ]}', "a", '{"a":"s","b":[1.0, 2e5 ]}'],
    ['{"n": 12345678901234567890.10}', "a.b", '{"n":12345678901234567890.10,"a":{"b":"s"}}'],
    ['{"i":[{"x":1},{"x":2,"s":"old"}]}', "i[].s", '{"i":[{"x":1,"s":"s"},{"x":2,"s":"s"}]}'],
    ['{"a\\n":{"b":[]}, "c":"}"}', "a\n.b", '{"a\\n":{"b":"s"},"c":"}"}'],
    [
      ' {"a" : {} , "__proto__":[ ],"q":"\\"," }',
      "a.x",
      '{"a":{"x":"s"},"__proto__":[ ],"q":"\\","}',
    ],
    [' {"i":[ ] } ', "i[].s", '{"i":[]}'],
  ]) {
    assert.equal(inJson(text, path.split("."), "s"), wanted);
  }
  for (const [text, path] of [
    ["{}", "i[].s"],
    ["[]", "a"],
    ['{"a":1}', "a.b"],
    ["", "a"],
    ['{"a"', "a"],
    ['"{}"', "a"],
  ]) {
    assert.throws(() => inJson(text, path.split("."), "s"), SyntaxError, text);
  }
});

test("a value is put into a form, or a query, once and encoded", () => {
  const put = (form, value) => `${placeIn({ name: "sig", value, place: "form" }, "/", form).body}`;
  assert.equal(put(Buffer.from(""), "a+/=|!"), "sig=a%2B%2F%3D%7C%21");
  assert.equal(put(Buffer.from("a=1&sig=old&b=%20"), "x"), "a=1&b=%20&sig=x");
  const query = { name: "s", value: "x", place: "query" };
  assert.equal(placeIn(query, "/h?s=1&t=2", Buffer.from("")).url, "/h?t=2&s=x");
  assert.equal(placeIn(query, undefined, Buffer.from("")).url, "?s=x");
});
