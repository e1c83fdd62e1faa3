"use strict";

// What can be typed. A flag without a `value` is only there or not; `many` can be repeated; `take`
// gives the value of a text, or `undefined` where it is not one that the flag takes.

const { frameworks } = require("../native.cjs");

const SECONDS = number(2 ** 32 - 1);
const MOMENT = number(1e11);

function number(most) {
  return (text) => {
    const is = /^[0-9]{1,19}$/.test(text) && Number(text) <= most;
    return is ? Number(text) : undefined;
  };
}

function window(which) {
  return `How far the delivery's time may lie in the ${which}, without this as the provider's row says`;
}

const KEY = {
  provider: { value: "NAME", help: "Whose deliveries: a name that `hookseal providers` lists" },
  scheme: { value: "FILE", help: "A scheme of your own in place of a provider, in TOML or JSON" },
  "secret-env": {
    value: "NAME",
    many: true,
    help:
      "The environment variable that holds the secret; every secret flag can be repeated while " +
      "secrets are rotated",
  },
  "secret-file": {
    value: "FILE",
    many: true,
    help: "The file that holds the secret, byte for byte, or the key, as PEM",
  },
  secret: {
    value: "SECRET",
    many: true,
    help: "The secret itself, which other users of this machine may see in its list of processes",
  },
  "allow-weak-secret": { help: "Take a secret shorter than 16 bytes" },
};

const DELIVERY = {
  request: {
    value: "FILE",
    help:
      "A captured request: raw HTTP, HAR, a curl command, an AWS Lambda event or JSON; - is " +
      "standard input",
  },
  header: {
    value: "'NAME: VALUE'",
    many: true,
    short: "H",
    help: "A header as received; repeat the flag for each",
  },
  body: { value: "FILE", help: "The file that holds the raw body; - is standard input" },
  url: { value: "URL", help: "The URL as it is configured at the provider" },
  method: { value: "METHOD", help: "The HTTP method" },
  now: {
    value: "SECONDS",
    take: MOMENT,
    help: "The time in Unix seconds, without this that of the machine's clock",
  },
};

const WINDOW = {
  tolerance: { value: "SECONDS", take: SECONDS, help: window("past") },
  "future-tolerance": { value: "SECONDS", take: SECONDS, help: window("future") },
  "danger-any-time": {
    excludes: ["tolerance", "future-tolerance"],
    help: "Check no window at all: anyone who has seen a delivery can send it again",
  },
};

const EXPLAIN = {
  "other-secret-file": {
    value: "FILE",
    many: true,
    help:
      "A file that holds another secret of yours: if the delivery is signed with it, that is the " +
      "cause; repeat the flag for each",
  },
  framework: {
    value: "NAME",
    take: (name) => (frameworks().includes(name) ? name : undefined),
    help:
      "What receives the delivery, so that the fix names its raw body: " + frameworks().join(", "),
  },
  "danger-show-expected": {
    help: "Show the signature that would verify: whoever sees it can forge this delivery",
  },
};

const SIGN = {
  "event-id": { value: "ID", help: "The id of the event, where it is no part of the body" },
  whole: { help: "Print the whole signed delivery, as --request reads it" },
};

const GLOBAL = {
  json: { help: "Print JSON" },
  help: { short: "h", help: "Print help" },
};

KEY.provider.excludes = ["scheme"];

const COMMANDS = {
  verify: { about: "Verify one delivery", flags: { ...KEY, ...DELIVERY, ...WINDOW, ...GLOBAL } },
  explain: {
    about: "Tell why a delivery is refused",
    flags: { ...KEY, ...DELIVERY, ...WINDOW, ...EXPLAIN, ...GLOBAL },
  },
  sign: {
    about: "Print the headers that sign a delivery",
    flags: { ...KEY, ...DELIVERY, ...SIGN, ...GLOBAL },
  },
  providers: {
    about: "List the providers, or show what is known of one",
    takesName: true,
    flags: {
      toml: {
        excludes: ["json"],
        help: "Show the row as a scheme file, to start your own from",
      },
      ...GLOBAL,
    },
  },
};

const STATES = ["waiting", "failed", "done"];

// An addition to what the program of this name can do.
COMMANDS.inbox = {
  about: "List the failed deliveries of an inbox, run them again, or forget what is done",
  takesName: "list | again | forget",
  flags: {
    sqlite: {
      value: "FILE",
      excludes: ["postgres"],
      help: "The database, which better-sqlite3 of this folder opens, or Node 22 itself",
    },
    postgres: { value: "URL", help: "The database, which pg of this folder asks" },
    state: {
      value: "STATE",
      take: (state) => (STATES.includes(state) ? state : undefined),
      help: `Of inbox list: ${STATES.join(", ")}; without it, failed`,
    },
    key: {
      value: "HEX",
      take: (key) => (/^[0-9a-f]{64}$/.test(key) ? key : undefined),
      help: "Of inbox again: the key of the delivery, as it is listed",
    },
    all: { excludes: ["key"], help: "Of inbox again: all that have failed" },
    ...GLOBAL,
  },
};

const BEFORE = { ...GLOBAL, version: { short: "V", help: "Print the version" } };

module.exports = { BEFORE, COMMANDS };
