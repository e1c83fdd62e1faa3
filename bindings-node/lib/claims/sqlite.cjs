"use strict";

const { Claims, within } = require("./claims.cjs");
const { SqlStore, schemaOf } = require("./sql-store.cjs");
const { SqliteClient } = require("./sqlite-client.cjs");
const { claiming, run, runNow } = require("./steps.cjs");
const { sqliteTransaction } = require("./transactions.cjs");

class SqliteClaims extends Claims {
  constructor(database, options) {
    super(() => new SqlStore(new SqliteClient(database)), options);
  }

  schema() {
    return schemaOf("sqlite", "claims-schema");
  }

  // Gives the outcome itself where the transaction is one that cannot wait.
  claimWithin(transaction, delivery) {
    const { identity, times } = within(this, delivery);
    const { query, isNow } = sqliteTransaction(transaction);
    const steps = claiming(identity, times, true);
    return isNow ? Object.freeze(runNow(steps, query)) : run(steps, query).then(Object.freeze);
  }
}

module.exports = { SqliteClaims };
