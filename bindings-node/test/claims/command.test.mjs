// `npx hookseal inbox`, on both databases.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { InboxWorker, PostgresInbox, SqliteInbox } from "hookseal/claims";

import { delivery } from "./deliveries.mjs";
import * as stores from "./stores.mjs";

const here = import.meta.dirname;
const BIN = join(here, "../../bin/hookseal.cjs");

function command(words, cwd = here) {
  const options = { cwd, encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--no-warnings", BIN, "inbox", ...words],
    options,
  );
  return { status, out: stdout, err: stderr };
}

async function failing(inbox, ids) {
  for (const id of ids) await inbox.put(delivery(id));
  const handler = () => Promise.reject(new RangeError("4242"));
  const worker = new InboxWorker(inbox, handler, { tries: 1, onOutcome: () => undefined });
  for (const _ of ids) await worker.runOnce();
}

const STORES = {
  sqlite: async () => {
    const file = stores.sqliteFile();
    const database = await stores.sqliteDatabase(file.path);
    const inbox = await new SqliteInbox(database).setup();
    const stop = () => {
      database.close();
      file.stop();
    };
    return { inbox, flags: ["--sqlite", file.path], stop };
  },
  postgres: async () => {
    const store = await stores.postgres();
    const inbox = await new PostgresInbox(store.pool).setup();
    const { host, user, database } = store.settings;
    const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}`;
    return { inbox, flags: ["--postgres", url], stop: store.stop };
  },
};

for (const [name, make] of Object.entries(STORES)) {
  describe(name, () => {
    let store;
    before(async () => (store = await make()));
    after(() => store?.stop());

    test("list, again, forget", async () => {
      await failing(store.inbox, ["evt_\x1b[2J", "evt_2"]);
      const { status, out, err } = command(["list", ...store.flags]);
      assert.equal(status, 0, err);
      assert.match(
        out,
        /^[0-9a-f]{64}\tstripe\tevt_\\u\{1b\}\[2J\tinvoice\.paid\t20\S+Z\t1\tRangeError\n/,
      );
      assert.equal(out.trimEnd().split("\n").length, 2);
      const listed = JSON.parse(command(["list", "--json", ...store.flags]).out);
      assert.deepEqual(
        listed.map((it) => [it.event_id, it.trouble]),
        [
          ["evt_\x1b[2J", "RangeError"],
          ["evt_2", "RangeError"],
        ],
      );
      const [{ key }] = listed;
      const again = ["again", "--key", key, ...store.flags];
      assert.deepEqual(command(again), { status: 0, out: "1 will be run again\n", err: "" });
      assert.equal(command(again).status, 1);
      assert.match(command(["list", "--state", "waiting", ...store.flags]).out, new RegExp(key));
      assert.deepEqual(command(["again", "--all", "--json", ...store.flags]).out, '{"again":1}\n');
      assert.deepEqual(command(["forget", ...store.flags]).out, "0 forgotten\n");
      const worker = new InboxWorker(store.inbox, () => undefined);
      assert.deepEqual([await worker.runOnce(), await worker.runOnce()], [true, true]);
    });
  });
}

test("what cannot be done is said in one line", () => {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-"));
  const text = join(folder, "text.db");
  writeFileSync(text, "no database, and long enough to be read as the head of one".repeat(20));
  const cases = [
    [["list"], /either by --sqlite or by --postgres/],
    [["lost", "--sqlite", text], /inbox list, inbox again or inbox forget/],
    [["list", "--sqlite", join(folder, "none.db")], /is not there/],
    [["list", "--sqlite", text], /cannot be (opened|read)/],
    [["again", "--sqlite", text], /either --key or --all|cannot be opened/],
    [["again", "--key", "00", "--sqlite", text], /--key is not one that it takes/],
    [["list", "--postgres", "postgres://u@/d?host=/nowhere"], /cannot be reached/],
  ];
  for (const [words, says] of cases) {
    const { status, out, err } = command([...words, "--json"]);
    assert.equal(status, 2, err);
    assert.match(err, /^hookseal: [^\n]*\n$/);
    assert.match(err, says);
    assert.equal(JSON.parse(out).verdict, "error");
  }
  const bare = command(["list", "--postgres", "postgres://u:4242@/d"], folder);
  assert.match(bare.err, /^hookseal: pg cannot be loaded from here: install it in this folder\n$/);
  assert.ok(!bare.err.includes("4242"));
  rmSync(folder, { recursive: true });
});
