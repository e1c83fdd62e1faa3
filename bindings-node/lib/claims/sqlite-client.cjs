"use strict";

// Clients of SQLite: a database of better-sqlite3 or of node:sqlite.

const { kind } = require("../errors.cjs");
const { StoreUnavailableError } = require("../receive/store-errors.cjs");
const { named } = require("./placeholders.cjs");
const texts = require("./texts.cjs");

// For how long a write waits for that of another process, in milliseconds. node:sqlite would not.
const PATIENCE = 5000;

// Statements that are prepared, by database.
const prepared = new WeakMap();

class SqliteClient {
  #database;

  constructor(database) {
    if (!isDatabase(database)) {
      throw new TypeError(
        `a Database of better-sqlite3 or of node:sqlite is wanted, and this is ${kind(database)}`,
      );
    }
    this.#database = database;
    this.query = (name, values) => ask(database, name, values);
    guarded(() => {
      const { timeout } = database.prepare("PRAGMA busy_timeout").get();
      if (timeout === 0) database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    });
  }

  setup(schema) {
    guarded(() => this.#database.exec(texts.sqlite[schema]));
  }
}

function isDatabase(value) {
  return typeof value?.prepare === "function" && typeof value.exec === "function";
}

function ask(database, name, values) {
  const { names, gives } = named[name];
  return guarded(() => {
    const statement = statementOf(database, name);
    const given = Object.fromEntries(names.map((it) => [it, bindable(values[it])]));
    if (!gives) return { rows: [], count: Number(statement.run(given).changes) };
    const rows = statement.all(given);
    return { rows, count: rows.length };
  });
}

function statementOf(database, name) {
  if (!prepared.has(database)) prepared.set(database, {});
  const statements = prepared.get(database);
  return (statements[name] ??= database.prepare(named[name].text));
}

// SQLite has no truth of its own.
function bindable(value) {
  return typeof value === "boolean" ? Number(value) : value;
}

function guarded(call) {
  try {
    return call();
  } catch (error) {
    throw new StoreUnavailableError(error);
  }
}

module.exports = { SqliteClient, ask, guarded, isDatabase };
