"use strict";

// The user's own transaction, whatever it is one of: by its methods. Gives the function that asks in
// it, and whether that answers at once.

const { kind } = require("../errors.cjs");
const { StoreUnavailableError } = require("../receive/store-errors.cjs");
const { inlined, marked } = require("./placeholders.cjs");
const postgres = require("./postgres-client.cjs");
const sqlite = require("./sqlite-client.cjs");

// The stores of Knex's dialects.
const KNEX = { postgresql: "postgresql", sqlite3: "sqlite" };

function postgresTransaction(transaction) {
  if (isKnex(transaction)) return knex(transaction, "postgresql");
  // Drizzle: `rollback` is what its database has not.
  if (typeof transaction?.execute === "function" && isDrizzle(transaction)) {
    return { query: later("postgresql", (text) => transaction.execute(text)) };
  }
  if (typeof transaction?.query !== "function") throw wanted(transaction, "a client of pg");
  if (postgres.isPool(transaction)) {
    throw new TypeError(
      "a pool is no transaction: take a client of it, begin, and hand that client over",
    );
  }
  return { query: inTransaction(transaction) };
}

// Outside of a transaction a claim would be done at once, and the delivery lost with a crash.
function inTransaction(client) {
  let isChecked = false;
  return async (name, values) => {
    if (!isChecked) await checkOpen(client);
    isChecked = true;
    return postgres.ask(client, name, values);
  };
}

async function checkOpen(client) {
  const known = client.getTransactionStatus?.();
  if (known === "T") return;
  if (known === "I") throw none();
  try {
    await client.query("SAVEPOINT hookseal_claim; RELEASE SAVEPOINT hookseal_claim");
  } catch (error) {
    throw error?.code === "25P01" ? none() : new StoreUnavailableError(error);
  }
}

function sqliteTransaction(transaction) {
  if (isKnex(transaction)) return knex(transaction, "sqlite");
  if (transaction?.resultKind === "sync" && isDrizzle(transaction)) {
    return { isNow: true, query: now((text) => transaction.all(text)) };
  }
  if (!sqlite.isDatabase(transaction)) throw wanted(transaction, "a database");
  if (!(transaction.inTransaction ?? transaction.isTransaction)) throw none();
  return { isNow: true, query: (name, values) => sqlite.ask(transaction, name, values) };
}

function isDrizzle({ rollback, select }) {
  return typeof rollback === "function" && typeof select === "function";
}

function isKnex(transaction) {
  return typeof transaction?.raw === "function" && transaction.isTransaction === true;
}

function knex(transaction, store) {
  const { dialect } = transaction.client ?? {};
  if (KNEX[dialect] !== store) {
    throw new TypeError("this transaction of Knex is of another database than the claims");
  }
  const query = async (name, values) => {
    const { text, values: bindings } = marked(store, name, values);
    try {
      return told(await transaction.raw(text, bindings));
    } catch (error) {
      throw new StoreUnavailableError(error);
    }
  };
  return { query };
}

function later(store, execute) {
  return async (name, values) => {
    try {
      return told(await execute(inlined(store, name, values)));
    } catch (error) {
      throw new StoreUnavailableError(error);
    }
  };
}

function now(all) {
  return (name, values) => sqlite.guarded(() => told(all(inlined("sqlite", name, values))));
}

// Some give the rows, some what has them.
function told(result) {
  const rows = Array.isArray(result) ? result : (result.rows ?? []);
  return { rows, count: rows.length };
}

function none() {
  return new TypeError("no transaction is open: begin one before claimWithin, and commit it after");
}

function wanted(value, what) {
  return new TypeError(
    `${what} in a transaction is wanted, or a transaction of Knex or Drizzle, and this is ${kind(value)}`,
  );
}

module.exports = { postgresTransaction, sqliteTransaction };
