"use strict";

// Claims in a table, whatever the database.

const texts = require("./texts.cjs");
const { claiming, counting, run } = require("./steps.cjs");

class SqlStore {
  #client;

  constructor(client) {
    this.#client = client;
  }

  async setup() {
    await this.#client.setup("claims-schema");
  }

  claim(identity, times) {
    return this.#run(claiming(identity, times));
  }

  complete(key, fence, keep) {
    return this.#isOurs("complete", { key, fence, keep });
  }

  extend(key, fence, lease) {
    return this.#isOurs("extend", { key, fence, lease });
  }

  release(key, fence) {
    return this.#isOurs("release", { key, fence });
  }

  forget(most) {
    return this.#run(counting("forget", { most }));
  }

  async #isOurs(name, values) {
    return (await this.#run(counting(name, values))) > 0;
  }

  #run(steps) {
    return run(steps, this.#client.query);
  }
}

function schemaOf(store, name) {
  return texts[store][name];
}

module.exports = { SqlStore, schemaOf };
