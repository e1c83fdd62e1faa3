"use strict";

const { Claims, within } = require("./claims.cjs");
const { PostgresClient } = require("./postgres-client.cjs");
const { SqlStore, schemaOf } = require("./sql-store.cjs");
const { claiming, run } = require("./steps.cjs");
const { postgresTransaction } = require("./transactions.cjs");

class PostgresClaims extends Claims {
  constructor(client, options) {
    super(() => new SqlStore(new PostgresClient(client)), options);
  }

  schema() {
    return schemaOf("postgresql", "claims-schema");
  }

  async claimWithin(transaction, delivery) {
    const { identity, times } = within(this, delivery);
    const { query } = postgresTransaction(transaction);
    return Object.freeze(await run(claiming(identity, times, true), query));
  }
}

module.exports = { PostgresClaims };
