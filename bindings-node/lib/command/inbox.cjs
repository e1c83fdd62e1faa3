"use strict";

// The inbox of deliveries: what failed, run again, forgotten. The client of its database is the
// user's own, found from the folder in which this is typed.

const { existsSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const { StoreError } = require("../receive/store-errors.cjs");
const { Failure, printable, show, showJson, warn } = require("./output.cjs");

const ACTIONS = { list, again, forget };

// Runs an action. It takes a while: the exit status is promised.
function run(args) {
  const action = ACTIONS[args.name];
  if (action === undefined) {
    throw new Failure("give what is to be done: inbox list, inbox again or inbox forget");
  }
  if ((args.sqlite === undefined) === (args.postgres === undefined)) {
    throw new Failure("give the database, either by --sqlite or by --postgres");
  }
  return done(action, args);
}

async function done(action, args) {
  let end = () => undefined;
  try {
    const opened = args.sqlite === undefined ? await ofPostgres(args) : ofSqlite(args);
    end = opened.end;
    return await action(opened.inbox, args);
  } catch (error) {
    if (!(error instanceof Failure || error instanceof StoreError)) throw error;
    const { message, code } = error instanceof StoreError ? unavailable(error) : error;
    warn(message);
    if (args.json) showJson({ verdict: "error", code, message });
    return 2;
  } finally {
    await end();
  }
}

async function list(inbox, { state = "failed", json }) {
  const entries = await inbox.list(state, 1000);
  if (json) showJson(entries.map(plain));
  else show(entries.map(line).join(""));
  return 0;
}

async function again(inbox, { key, all, json }) {
  if ((key === undefined) === !all) throw new Failure("give either --key or --all");
  const keys = all ? (await inbox.failed(1000)).map((it) => it.key) : [key];
  let count = 0;
  for (const each of keys) count += Number(await inbox.again(each));
  if (json) showJson({ again: count });
  else show(`${count} will be run again\n`);
  return all || count > 0 ? 0 : 1;
}

async function forget(inbox, { json }) {
  const count = await inbox.forget(1_000_000);
  if (json) showJson({ forgotten: count });
  else show(`${count} forgotten\n`);
  return 0;
}

function plain({ key, scheme, eventId, eventType, receivedAt, tries, trouble }) {
  return {
    key: key.toString("hex"),
    scheme,
    event_id: eventId ?? null,
    event_type: eventType ?? null,
    received_at: receivedAt.toISOString(),
    tries,
    trouble: trouble ?? null,
  };
}

function line(entry) {
  const texts = Object.values(plain(entry)).map((it) => printable(`${it ?? "-"}`));
  return `${texts.join("\t")}\n`;
}

function ofSqlite({ sqlite }) {
  if (!existsSync(sqlite)) throw new Failure("the file of --sqlite is not there");
  const { SqliteInbox } = require("../claims/index.cjs");
  const Database = databaseClass();
  let database;
  try {
    database = new Database(sqlite);
    return { inbox: new SqliteInbox(database), end: () => database.close() };
  } catch {
    throw new Failure("the file of --sqlite cannot be opened as a database");
  }
}

function databaseClass() {
  try {
    const Database = own("better-sqlite3");
    new Database(":memory:").close(); // its native half may be of another Node
    return Database;
  } catch {
    const { DatabaseSync } = process.getBuiltinModule?.("node:sqlite") ?? {};
    if (DatabaseSync !== undefined) return DatabaseSync;
    throw lacking("better-sqlite3", ", or run this in Node 22");
  }
}

async function ofPostgres({ postgres }) {
  const { PostgresInbox } = require("../claims/index.cjs");
  let pg;
  try {
    pg = own("pg");
  } catch {
    throw lacking("pg", "");
  }
  const client = new pg.Client({ connectionString: postgres });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch ({ code }) {
    throw new Failure(`the database of --postgres cannot be reached: ${printable(`${code}`)}`);
  }
  return { inbox: new PostgresInbox(client), end: () => client.end() };
}

function own(name) {
  return createRequire(join(process.cwd(), "package.json"))(name);
}

function lacking(name, or) {
  return new Failure(`${name} cannot be loaded from here: install it in this folder${or}`);
}

// The client's own words may hold what was stored: so only their kind is told.
function unavailable({ cause, code }) {
  const is = printable(`${cause?.code ?? cause?.name ?? "unknown"}`);
  return { code, message: `the inbox cannot be read: ${is}` };
}

module.exports = { run };
