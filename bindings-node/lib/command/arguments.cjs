"use strict";

// The command line. What is wrong with it is said without quoting it: a word that is out of place
// may be a part of a secret, as when quotes were forgotten.

const { BEFORE, COMMANDS } = require("./flags.cjs");
const { Failure } = require("./output.cjs");

const SECRETS = ["secret", "secret-env", "secret-file"];

// The values by the flags in camelCase; `secrets` has them in the order in which they were given,
// each with its flag. With `help` or `version`, nothing after it is read.
function parsed(words) {
  const args = { secrets: [], given: new Set() };
  const rest = [...words].reverse();
  while (rest.length > 0 && !args.help && !args.version) {
    const word = rest.pop();
    if (word.startsWith("-") && word !== "-") takeFlag(args, word, rest);
    else takeWord(args, word);
  }
  if (args.command === undefined && words.length > 0 && !args.help && !args.version) {
    throw wrong("command must be given");
  }
  checkExclusions(args);
  return args;
}

function wrong(sentence) {
  return new Failure(`${sentence}; --help shows what can be given`);
}

function unknown() {
  return wrong(
    "an argument is not known; it is not shown, since it may be part of a secret that lacks its " +
      "quotes",
  );
}

function takeWord(args, word) {
  if (args.command === undefined) {
    if (!Object.hasOwn(COMMANDS, word)) throw wrong("the command is not known");
    args.command = word;
  } else if (COMMANDS[args.command].takesName && args.name === undefined) {
    args.name = text(word);
  } else {
    throw unknown();
  }
}

function takeFlag(args, word, rest) {
  const flags = args.command === undefined ? BEFORE : COMMANDS[args.command].flags;
  const { name, attached } = named(flags, word);
  if (name === undefined) throw unknown();
  const { value, many, take = (it) => it } = flags[name];
  if (value === undefined) {
    if (attached !== undefined) throw wrong(`--${name} takes no value`);
    return put(args, name, true, name === "json" || name === "help");
  }
  const taken = take(text(attached ?? next(name, rest), name));
  if (taken === undefined) throw wrong(`the value of --${name} is not one that it takes`);
  if (SECRETS.includes(name)) return void args.secrets.push([name, taken]);
  return many ? add(args, name, taken) : put(args, name, taken);
}

// `--name`, `--name=value`, `-N`, `-Nvalue`.
function named(flags, word) {
  const [, long, attached] = /^--([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
  if (long !== undefined) return { name: Object.hasOwn(flags, long) ? long : undefined, attached };
  const name = Object.keys(flags).find((it) => flags[it].short === word[1]);
  return { name, attached: word.length > 2 ? word.slice(2) : undefined };
}

// A secret may well begin with a hyphen; what else does is the next flag.
function next(name, rest) {
  const word = rest.pop();
  const isFlag = word?.startsWith("-") && word !== "-" && name !== "secret";
  if (word === undefined || isFlag) throw wrong(`--${name} lacks its value`);
  return word;
}

// Node has put this mark in the place of bytes that are not UTF-8: what was given is lost.
function text(word, name) {
  if (!word.includes("\ufffd")) return word;
  const way = SECRETS.includes(name) ? ": give the secret by --secret-file" : "";
  throw wrong(`a value that must be text is not UTF-8${way}`);
}

function keyOf(name) {
  return name.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

function put(args, name, value, isRepeatable = false) {
  if (args.given.has(name) && !isRepeatable) throw wrong(`--${name} is there twice`);
  args.given.add(name);
  args[keyOf(name)] = value;
}

function add(args, name, value) {
  (args[keyOf(name)] ??= []).push(value);
}

function checkExclusions({ command, given }) {
  for (const name of given) {
    const others = COMMANDS[command]?.flags[name]?.excludes ?? [];
    const other = others.find((it) => given.has(it));
    if (other !== undefined) throw wrong(`--${name} and --${other} exclude each other`);
  }
}

module.exports = { parsed };
