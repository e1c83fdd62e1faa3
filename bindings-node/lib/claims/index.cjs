"use strict";

// Handled once.

const { StoreFullError, StoreUnavailableError } = require("../receive/store-errors.cjs");
const { runOf } = require("./handle.cjs");
const { PostgresInbox, SqliteInbox } = require("./inboxes.cjs");
const { MemoryClaims } = require("./memory.cjs");
const { PostgresClaims } = require("./postgres.cjs");
const { RedisClaims } = require("./redis.cjs");
const { SqliteClaims } = require("./sqlite.cjs");
const { InboxWorker } = require("./worker.cjs");

module.exports = {
  InboxWorker,
  MemoryClaims,
  PostgresClaims,
  PostgresInbox,
  RedisClaims,
  SqliteClaims,
  SqliteInbox,
  StoreFullError,
  StoreUnavailableError,
  runOf,
};
