"use strict";

// Clients of PostgreSQL: a pool or a client of `pg`.

const { kind } = require("../errors.cjs");
const { StoreUnavailableError } = require("../receive/store-errors.cjs");
const { numbered } = require("./placeholders.cjs");
const texts = require("./texts.cjs");

// Some that make the same table at the same time: all but one are told that it, its type or a row
// about it is there. It is soon.
const RACES = ["23505", "42710", "42P07"];
const TRIES = 4;

class PostgresClient {
  #client;

  constructor(client) {
    if (typeof client?.query !== "function") {
      throw new TypeError(`a Pool or a Client of pg is wanted, and this is ${kind(client)}`);
    }
    this.#client = client;
    this.query = (name, values) => ask(client, name, values);
  }

  async setup(schema, tries = TRIES) {
    try {
      await this.#client.query(texts.postgresql[schema]);
    } catch (error) {
      const isRace = RACES.includes(error?.code) && tries > 1;
      if (!isRace) throw new StoreUnavailableError(error);
      await this.setup(schema, tries - 1);
    }
  }
}

// Whether two statements here may be of different connections, which those of a transaction are not.
function isPool({ totalCount, connect }) {
  return typeof totalCount === "number" && typeof connect === "function";
}

async function ask(client, name, values) {
  const { text, names } = numbered[name];
  try {
    const { rows, rowCount } = await client.query(
      text,
      names.map((it) => values[it]),
    );
    return { rows, count: rowCount ?? rows.length };
  } catch (error) {
    throw new StoreUnavailableError(error);
  }
}

module.exports = { PostgresClient, ask, isPool };
