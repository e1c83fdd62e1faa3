"use strict";

// Secrets, schemes and deliveries, from what the flags name. What cannot be read is told by its
// flag: who mistakes one flag for another may have given a secret for a path.

const { Buffer } = require("node:buffer");
const { closeSync, openSync, readSync } = require("node:fs");
const { extname } = require("node:path");
const { getSystemErrorMap } = require("node:util");

const { readCapture } = require("../capture.cjs");
const { SchemeError } = require("../errors.cjs");
const core = require("../native.cjs");
const { Scheme, schemeOf } = require("../scheme.cjs");
const { nearest } = require("./nearest.cjs");
const { Failure } = require("./output.cjs");

// Larger than any secret; a larger file is not one.
const MOST_SECRET = 64 << 10;
const MOST_SCHEME = 1 << 20;
const MOST_BODY = core.defaultBodyLimit();
// A captured request may spell its body in base64, or with an escape for every other byte.
const MOST_CAPTURE = MOST_BODY * 2;

const CHUNK = 1 << 16;
const STDIN = 0;

// At most `limit` bytes and one more, by which the caller sees that there were too many.
function read(path, flag, what, limit) {
  const isStdin = path === "-";
  try {
    const file = isStdin ? STDIN : openSync(path, "r");
    try {
      return readAll(file, limit + 1);
    } finally {
      if (!isStdin) closeSync(file);
    }
  } catch (error) {
    const place = isStdin ? "standard input" : `the file of --${flag}`;
    const [, why] = getSystemErrorMap().get(error.errno) ?? [, "that is no path"];
    throw new Failure(`${what} cannot be read from ${place}: ${why}`, "unreadable_file");
  }
}

function readAll(file, most) {
  const chunks = [];
  for (let left = most; left > 0;) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(left, CHUNK));
    const count = readSome(file, chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    left -= count;
  }
  return Buffer.concat(chunks);
}

// Standard input may have nothing yet, and on Windows it ends with an error.
function readSome(file, chunk) {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      if (error.code === "EOF") return 0;
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

// The row of the provider, or of the scheme file.
function schemeOfArgs({ provider, scheme: path }) {
  if (provider !== undefined) return namedScheme(provider);
  if (path === undefined) throw new Failure("--provider NAME or --scheme FILE must be given");
  if (path === "-") throw new Failure("--scheme takes a file, not standard input");
  const bytes = read(path, "scheme", "the scheme", MOST_SCHEME);
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) {
    throw new Failure("the scheme cannot be read: it is not UTF-8", "malformed_text");
  }
  const ending = extname(path);
  const isJson = ending === ".json" || (ending !== ".toml" && text.trimStart().startsWith("{"));
  return known(
    () => (isJson ? Scheme.fromJson(text) : Scheme.fromToml(text)),
    (message) => `the scheme cannot be read: ${message}`,
  );
}

// The row of a provider; where there is none the names that are most like it are told.
function namedScheme(name) {
  return known(
    () => schemeOf(name),
    (message) =>
      `${message}; the nearest are ${nearest(name, core.names()).join(", ")}, and ` +
      "`hookseal providers` lists all",
  );
}

function known(make, told) {
  try {
    return make();
  } catch (error) {
    throw error instanceof SchemeError ? new Failure(told(error.message), error.code) : error;
  }
}

// The secrets, byte for byte, in the order in which they were given.
function secretsOf({ secrets }) {
  if (secrets.length === 0) {
    throw new Failure("give the secret: --secret-env NAME, --secret-file FILE or --secret SECRET");
  }
  return secrets.map(([flag, value]) => {
    if (flag === "secret-env") return variable(value);
    return flag === "secret-file" ? secretFile(value, flag) : Buffer.from(value);
  });
}

// What a file holds, unless it is too large to be a secret.
function secretFile(path, flag) {
  const secret = read(path, flag, "the secret", MOST_SECRET);
  if (secret.length <= MOST_SECRET) return secret;
  throw new Failure("the file of the secret is larger than 64 KiB: it is not one");
}

function variable(name) {
  const value = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  const isName = /^[A-Z0-9_]{1,64}$/.test(name);
  if (value === undefined && isName) {
    throw new Failure(`the environment variable ${name} is not set`);
  }
  // Whoever types `--secret-env "$SECRET"` has given a secret for a name.
  if (value === undefined) {
    throw new Failure(
      "the environment variable that --secret-env names is not set; it takes a name, such as " +
        "WEBHOOK_SECRET, not the secret itself",
    );
  }
  if (!value.includes("\ufffd")) return Buffer.from(value);
  throw new Failure("the secret is not UTF-8: give it by --secret-file");
}

// The delivery: its parts, or one captured request, of which a part that is given replaces the
// captured one.
function deliveryOf(args) {
  const captured = capturedOf(args);
  const headers = (args.header ?? []).map(headerOf);
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = captured.headers.filter(([name]) => !given.has(name.toLowerCase()));
  const { body: path } = args;
  return {
    method: args.method?.toUpperCase() ?? captured.method,
    url: args.url ?? captured.url,
    headers: [...kept, ...headers],
    body: path === undefined ? captured.body : read(path, "body", "the body", MOST_BODY),
  };
}

function capturedOf({ request: path, body }) {
  if (path === undefined) {
    if (body !== undefined) return { headers: [] };
    throw new Failure(
      "give the delivery: --body FILE with its headers (-H 'Name: value'), or --request FILE for " +
        "a captured one; - is standard input",
    );
  }
  if (path === "-" && body === "-") {
    throw new Failure("--body and --request cannot both be read from standard input");
  }
  const text = read(path, "request", "the captured request", MOST_CAPTURE);
  if (text.length > MOST_CAPTURE) {
    const told = "the captured request is larger than 64 MiB: no delivery that is verified is";
    throw new Failure(told, "body_too_large");
  }
  return readCapture(text);
}

// `Name: value`, its bytes as Node decodes what came over the wire. The blanks around the value are
// none of it.
function headerOf(text) {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):([^\r\n\0]*)$/.exec(text) ?? [];
  if (name !== undefined) return [name, Buffer.from(trimmed(value)).toString("latin1")];
  throw new Failure(
    "a header is written 'Name: value', with a name of letters, digits and signs, and a value on " +
      "one line",
  );
}

function trimmed(value) {
  let [start, end] = [0, value.length];
  while (start < end && " \t".includes(value[start])) start += 1;
  while (start < end && " \t".includes(value[end - 1])) end -= 1;
  return value.slice(start, end);
}

// The headers as `rawHeaders`: any number of them.
function requestOf({ headers, ...delivery }, now) {
  return { ...delivery, headers: headers.flat(), now };
}

module.exports = { deliveryOf, namedScheme, requestOf, schemeOfArgs, secretFile, secretsOf };
