// Claims in the user's own transaction: what is written in it and that the delivery is done are
// committed together, or not at all.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle } from "drizzle-orm/node-postgres";
import { StoreUnavailableError } from "hookseal/claims";
import knexOf from "knex";
import pg from "pg";

import { delivery } from "./deliveries.mjs";
import * as stores from "./stores.mjs";

let count = 0;
const next = () => `evt_tx_${(count += 1)}`;

describe("PostgreSQL", () => {
  let store;
  let claims;
  before(async () => {
    store = await stores.postgres();
    claims = await store.make();
    await store.pool.query("CREATE TABLE ledger (id text)");
  });
  after(() => store?.stop());

  async function booked(id) {
    const { rows } = await store.pool.query("SELECT 1 FROM ledger WHERE id = $1", [id]);
    return rows.length;
  }

  async function within(id, { level = "READ COMMITTED", between = () => undefined, fails } = {}) {
    const client = await store.pool.connect();
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${level}`);
      await client.query("SELECT 1 FROM ledger LIMIT 1"); // from here on, what it sees is fixed
      await between();
      const claim = await claims.claimWithin(client, delivery(id));
      if (claim.outcome === "run") await client.query("INSERT INTO ledger VALUES ($1)", [id]);
      if (fails) throw new Error("it failed");
      await client.query("COMMIT");
      return claim.outcome;
    } catch (error) {
      await client.query("ROLLBACK");
      if (error instanceof StoreUnavailableError) return error.cause.code;
      throw error;
    } finally {
      client.release();
    }
  }

  for (const level of ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]) {
    test(`${level}: once, and again after a roll-back`, async () => {
      const id = next();
      await assert.rejects(within(id, { level, fails: true }), { message: "it failed" });
      assert.equal(await booked(id), 0);
      assert.equal(await within(id, { level }), "run");
      assert.equal(await within(id, { level }), "done");
      assert.equal(await booked(id), 1);
    });

    test(`${level}: another transaction commits in between`, async () => {
      const id = next();
      const between = () => within(id);
      const found = await within(id, { level, between });
      assert.equal(found, level === "READ COMMITTED" ? "done" : "40001");
      assert.equal(await booked(id), 1);
      assert.equal(await within(id, { level }), "done", "the retry");
    });

    test(`${level}: of 10 at the same time, one is committed`, async () => {
      const id = next();
      const all = Array.from({ length: 10 }, () => within(id, { level }).catch((it) => it.code));
      const found = await Promise.all(all);
      assert.equal(found.filter((it) => it === "run").length, 1, `${found}`);
      assert.ok(
        found.every((it) => ["run", "done", "40001"].includes(it)),
        `${found}`,
      );
      assert.equal(await booked(id), 1);
    });
  }

  test("a lease of another run is respected, and taken over once it is over", async () => {
    const id = next();
    const run = await claims.claim(delivery(id));
    assert.equal(await within(id), "busy");
    await store.shift(61);
    assert.equal(await within(id), "run");
    assert.equal(await run.complete(), false);
    assert.equal((await claims.claim(delivery(id))).outcome, "done");
    assert.equal((await claims.claim(delivery(id, { amount: 2 }))).isDone, true);
  });

  test("what is no transaction is no place for a claim", async () => {
    const event = delivery(next());
    const claim = (transaction) => claims.claimWithin(transaction, event);
    await assert.rejects(claim(store.pool), { name: "TypeError", message: /a pool is no trans/ });
    const client = await store.pool.connect();
    await assert.rejects(claim(client), { name: "TypeError", message: /no transaction is open/ });
    const older = { query: (...given) => client.query(...given) };
    await assert.rejects(claim(older), { name: "TypeError", message: /no transaction is open/ });
    await client.query("BEGIN");
    assert.equal((await claim(older)).outcome, "run");
    await client.query("ROLLBACK");
    client.release();
    for (const other of [undefined, null, 1, {}, drizzle({ client: store.pool })]) {
      await assert.rejects(claim(other), { name: "TypeError" });
    }
    assert.equal((await claims.claim(event)).outcome, "run");
  });

  test("Knex", async () => {
    const knex = knexOf({ client: "pg", connection: store.settings });
    const id = next();
    const book = (fails) =>
      knex.transaction(async (trx) => {
        const { outcome } = await claims.claimWithin(trx, delivery(id));
        if (outcome === "run") await trx("ledger").insert({ id });
        if (fails) throw new Error("it failed");
        return outcome;
      });
    await assert.rejects(book(true));
    assert.deepEqual([await book(), await book(), await booked(id)], ["run", "done", 1]);
    const wrong = knex.transaction((trx) => claims.claimWithin(trx, delivery(id, { amount: 2 })));
    assert.deepEqual(await wrong, { outcome: "conflict", isDone: true });
    await assert.rejects(claims.claimWithin(knex, delivery(id)), { name: "TypeError" });
    await knex.destroy();
  });

  test("Drizzle", async () => {
    const db = drizzle({ client: store.pool });
    const id = next();
    const book = (fails) =>
      db.transaction(async (tx) => {
        const { outcome } = await claims.claimWithin(tx, delivery(id));
        if (outcome === "run") await tx.execute(`INSERT INTO ledger VALUES ('${id}')`);
        if (fails) throw new Error("it failed");
        return outcome;
      });
    await assert.rejects(book(true));
    assert.deepEqual([await book(), await book(), await booked(id)], ["run", "done", 1]);
    const wrong = await db.transaction((tx) => claims.claimWithin(tx, delivery(id, { amount: 2 })));
    assert.deepEqual(wrong, { outcome: "conflict", isDone: true });
  });

  test("a client that is no pool, and a store that is not there", async () => {
    const client = new pg.Client(store.settings);
    await client.connect();
    const { PostgresClaims } = await import("hookseal/claims");
    const own = new PostgresClaims(client);
    assert.equal((await own.claim(delivery(next()))).outcome, "run");
    await client.query("SET search_path = nowhere");
    const absent = await own.claim(delivery(next())).catch((error) => error);
    assert.deepEqual([absent.name, absent.status], ["StoreUnavailableError", 503]);
    assert.equal(absent.cause.code, "42P01");
    await client.end();
    await assert.rejects(own.claim(delivery(next())), { name: "StoreUnavailableError" });
    await Promise.all(Array.from({ length: 5 }, () => claims.setup()));
  });
});

describe("SQLite", () => {
  let store;
  let claims;
  before(async () => {
    store = await stores.sqlite();
    claims = await store.make();
    store.database.exec("CREATE TABLE ledger (id TEXT)");
  });
  after(() => store?.stop());

  const booked = (database, id) =>
    database.prepare("SELECT count(*) AS n FROM ledger WHERE id = ?").get(id).n;

  test("in a transaction of the database, at once", async () => {
    const { database } = store;
    const id = next();
    const event = delivery(id);
    assert.throws(() => claims.claimWithin(database, event), { message: /no transaction is open/ });
    for (const [end, expected] of [
      ["ROLLBACK", "run"],
      ["COMMIT", "run"],
      ["COMMIT", "done"],
    ]) {
      database.exec("BEGIN IMMEDIATE");
      const { outcome } = claims.claimWithin(database, event);
      assert.equal(outcome, expected);
      if (outcome === "run") database.prepare("INSERT INTO ledger VALUES (?)").run(id);
      database.exec(end);
    }
    assert.equal(booked(database, id), 1);
    for (const other of [undefined, {}, 1]) {
      assert.throws(() => claims.claimWithin(other, event), { name: "TypeError" });
    }
  });

  if (stores.SQLITE !== "better-sqlite3") return; // Knex and Drizzle are over that

  test("better-sqlite3's function of a transaction, and Drizzle", async () => {
    const { database } = store;
    const id = next();
    const book = database.transaction((fails) => {
      const { outcome } = claims.claimWithin(database, delivery(id));
      if (outcome === "run") database.prepare("INSERT INTO ledger VALUES (?)").run(id);
      if (fails) throw new Error("it failed");
      return outcome;
    });
    assert.throws(() => book(true), { message: "it failed" });
    assert.deepEqual([book(), book(), booked(database, id)], ["run", "done", 1]);

    const db = drizzleSqlite({ client: database });
    const other = next();
    const inDrizzle = () =>
      db.transaction((tx) => {
        const { outcome } = claims.claimWithin(tx, delivery(other));
        if (outcome === "run") tx.run(`INSERT INTO ledger VALUES ('${other}')`);
        return outcome;
      });
    assert.deepEqual([inDrizzle(), inDrizzle(), booked(database, other)], ["run", "done", 1]);
    const wrong = db.transaction((tx) => claims.claimWithin(tx, delivery(other, { amount: 2 })));
    assert.deepEqual(wrong, { outcome: "conflict", isDone: true });
  });

  test("Knex over better-sqlite3", async () => {
    const file = stores.sqliteFile();
    const connection = { filename: file.path };
    const knex = knexOf({ client: "better-sqlite3", connection, useNullAsDefault: true });
    const database = await stores.sqliteDatabase(file.path);
    database.exec(claims.schema());
    database.close();
    const id = next();
    const book = (fails) =>
      knex.transaction(async (trx) => {
        const { outcome } = await claims.claimWithin(trx, delivery(id));
        if (fails) throw new Error("it failed");
        return outcome;
      });
    await assert.rejects(book(true), { message: "it failed" });
    assert.deepEqual([await book(), await book()], ["run", "done"]);
    await knex.destroy();
    file.stop();
  });
});
