"use strict";

const { Inbox } = require("./inbox.cjs");
const { PostgresClient } = require("./postgres-client.cjs");
const { schemaOf } = require("./sql-store.cjs");
const { SqliteClient } = require("./sqlite-client.cjs");

class PostgresInbox extends Inbox {
  constructor(client, options) {
    super(new PostgresClient(client), options);
  }

  schema() {
    return schemaOf("postgresql", "inbox-schema");
  }
}

class SqliteInbox extends Inbox {
  constructor(database, options) {
    super(new SqliteClient(database), options);
  }

  schema() {
    return schemaOf("sqlite", "inbox-schema");
  }
}

module.exports = { PostgresInbox, SqliteInbox };
