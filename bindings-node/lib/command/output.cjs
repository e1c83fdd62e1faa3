"use strict";

// What is printed, and how values are written for people.

// Why a command could not do its work. Its text never quotes what was given.
class Failure extends Error {
  constructor(message, code = "usage") {
    super(message);
    this.code = code;
  }
}

// Reports a failure: a sentence on standard error, and the machine form where asked for.
function fail({ code, message }, asJson) {
  warn(message);
  if (asJson) showJson({ verdict: "error", code, message });
  return 2;
}

function warn(message) {
  process.stderr.write(`hookseal: ${message}\n`);
}

function show(text) {
  process.stdout.write(text);
}

// One line of JSON.
function showJson(result) {
  show(`${JSON.stringify(result)}\n`);
}

// A reader that went away, as `head` does, wants no more: that is no error.
function watchOutput() {
  process.stdout.on("error", ({ code }) => {
    if (code === "EPIPE") return;
    warn(`the output cannot be written: ${code}`);
    process.exitCode = 2;
  });
  // Nothing is left to tell the user by.
  process.stderr.on("error", () => {});
}

// Whether results have colours: where a person looks, unless `NO_COLOR` is set.
function isColoured() {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

// Bold green or red where a person looks.
function coloured(text, isGood) {
  return isColoured() ? `\x1b[1;${isGood ? 32 : 31}m${text}\x1b[0m` : text;
}

// Text of a sender, safe for a terminal: what steers or hides is escaped, and a long one is cut.
function printable(text, limit = 100) {
  const characters = Array.from(text.slice(0, 2 * limit + 2));
  const shown = characters.slice(0, limit).map((each) => {
    return HIDDEN.test(each) ? `\\u{${each.codePointAt(0).toString(16)}}` : each;
  });
  return characters.length > limit ? `${shown.join("")}…` : shown.join("");
}

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

// A text in lines of at most 80 columns, the second and all after it behind `indent` blanks. A word
// that is longer stays whole.
function folded(text, indent) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const isFull = indent + last.length + 1 + word.length > 80;
    if (last === "" || isFull) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.slice(1).join(`\n${" ".repeat(indent)}`);
}

module.exports = {
  Failure,
  coloured,
  fail,
  folded,
  isColoured,
  printable,
  show,
  showJson,
  warn,
  watchOutput,
};
