"use strict";

// A value put into a JSON text. All other values stay as they are written: `1.0` is not `1`.

// A text, a bracket, or anything else that is one piece: with the blanks before it.
const PIECE = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/gy;

// `path`: names of members; `name[]` is every element of a list. Throws a `SyntaxError` where the
// text is not JSON, or has no place for the value.
function inJson(text, path, value) {
  JSON.parse(text);
  return put(text, path, value);
}

function put(text, path, value) {
  if (path.length === 0) return JSON.stringify(value);
  const [step, ...rest] = path;
  const name = step.replace(/\[\]$/, "");
  const members = membersOf(text);
  if (!members.has(name)) members.set(name, rest.length === 0 ? "null" : "{}");
  const old = members.get(name);
  members.set(name, step === name ? put(old, rest, value) : inEach(old, rest, value));
  const texts = Array.from(members, ([key, member]) => `${JSON.stringify(key)}:${member}`);
  return `{${texts.join(",")}}`;
}

function inEach(text, path, value) {
  const elements = partsOf(text, "[").map((element) => put(element.trim(), path, value));
  return `[${elements.join(",")}]`;
}

function membersOf(text) {
  const members = new Map();
  for (const part of partsOf(text, "{")) {
    const [key, colon] = pieces(part);
    members.set(JSON.parse(key.text), part.slice(colon.end).trim());
  }
  return members;
}

// What the commas part in an object or a list, which is known to be JSON.
function partsOf(text, bracket) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (const { text: piece, end } of pieces(text)) {
    if (depth === 0 && piece !== bracket) break;
    if (depth === 0) start = end;
    if (piece === "{" || piece === "[") depth += 1;
    if (piece === "}" || piece === "]") depth -= 1;
    if (depth === 0 || (depth === 1 && piece === ",")) {
      parts.push(text.slice(start, end - 1));
      start = end;
    }
  }
  if (start === 0) throw new SyntaxError("another kind of value");
  return parts.length === 1 && parts[0].trim() === "" ? [] : parts;
}

function* pieces(text) {
  for (const match of text.matchAll(PIECE)) {
    yield { text: match[1], end: match.index + match[0].length };
  }
}

module.exports = { inJson };
