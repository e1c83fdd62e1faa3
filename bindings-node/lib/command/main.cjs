"use strict";

// The commands of `npx hookseal`: those of the program `hookseal` that need no server, and the inbox.
//
// Exit status: 0 verified, 1 refused, 2 wrong usage, secret or input. A secret is never printed.

const { CaptureError, SchemeError, SecretError, SigningError } = require("../errors.cjs");
const { helpOf } = require("./help.cjs");
const { parsed } = require("./arguments.cjs");
const { Failure, fail, show, warn } = require("./output.cjs");

const COMMANDS = {
  verify: () => require("./verify.cjs"),
  explain: () => require("./explain.cjs"),
  sign: () => require("./sign.cjs"),
  providers: () => require("./providers.cjs"),
  inbox: () => require("./inbox.cjs"),
};

// Runs one command, and gives the exit status, or promises it.
function main(words) {
  try {
    const args = parsed(words);
    if (args.version) show(`hookseal ${require("../../package.json").version}\n`);
    else if (args.help) show(helpOf(args.command));
    else if (words.length === 0) return lacksCommand();
    else return COMMANDS[args.command]().run(args);
    return 0;
  } catch (error) {
    return fail(failureOf(error), words.includes("--json"));
  }
}

function lacksCommand() {
  warn(`give a command\n\n${helpOf()}`.trimEnd());
  return 2;
}

// What the package throws has no byte of what was given; anything else is a fault of this program.
function failureOf(error) {
  const { code, message } = error;
  if (error instanceof Failure) return error;
  if (error instanceof SecretError) {
    const weak = code === "weak_secret" ? "; --allow-weak-secret takes it all the same" : "";
    return new Failure(`${message}${weak}`, code);
  }
  if (error instanceof SchemeError) return new Failure(message, code);
  if (error instanceof SigningError) {
    return new Failure(`the delivery cannot be signed: ${message}`, code);
  }
  if (error instanceof CaptureError) {
    return new Failure(`the captured request cannot be read: ${message}`, code);
  }
  throw error;
}

module.exports = { main };
