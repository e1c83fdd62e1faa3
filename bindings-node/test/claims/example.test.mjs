// The example as it is: in a process of its own, on PostgreSQL.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { send } from "../frameworks/client.mjs";
import { SECRET, request } from "./deliveries.mjs";
import * as servers from "./servers.mjs";

const here = import.meta.dirname;
const examples = join(here, "../../examples");

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("the example is the usual one and three lines more", () => {
  const lines = (name) =>
    readFileSync(join(examples, name), "utf8")
      .split("\n")
      .map((it) => it.trim());
  const usual = new Set(lines("express.mjs"));
  const added = lines("claims.mjs").filter((it) => /claims/i.test(it) && !usual.has(it));
  assert.deepEqual(added.slice(1), [
    'import { PostgresClaims } from "hookseal/claims";',
    "const claims = await new PostgresClaims(pool).setup();",
    "claims,",
  ]);
});

test("the example handles a delivery once, over two processes", async (t) => {
  const store = await servers.postgres();
  const folder = mkdtempSync(join(here, "run-"));
  cpSync(join(examples, "claims.mjs"), join(folder, "claims.mjs"));
  const { host, user, database } = store.settings;
  const children = [];
  t.after(async () => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
    await store.stop();
  });
  const logged = [];
  const ports = await Promise.all([freePort(), freePort()]);
  for (const port of ports) {
    const env = { PATH: process.env.PATH, PORT: `${port}`, STRIPE_WEBHOOK_SECRET: SECRET };
    Object.assign(env, { PGHOST: host, PGUSER: user, PGDATABASE: database });
    const child = spawn(process.execPath, ["claims.mjs"], { cwd: folder, env });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (it) => logged.push(`${it}`));
    children.push(child);
  }
  const answers = [];
  for (const port of ports) {
    for (let tries = 0; tries < 400; tries += 1) {
      const answer = await send(port, request("evt_1")).catch(() => undefined);
      if (answer !== undefined) answers.push([answer.status, answer.text]);
      if (answer !== undefined) break;
      await wait(50);
    }
  }
  assert.deepEqual(answers, [
    [200, "took evt_1, invoice.paid"],
    [200, ""],
  ]);
  assert.equal(logged.join("").match(/id: 'evt_1'/g).length, 1, logged.join(""));
});

test("the example is sound for the compiler", () => {
  const folder = mkdtempSync(join(here, "run-"));
  cpSync(join(examples, "claims.mjs"), join(folder, "claims.mjs"));
  const settings = { extends: "../types/tsconfig.json", include: ["*.mjs"] };
  const compilerOptions = { allowJs: true, checkJs: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ ...settings, compilerOptions }));
  try {
    execFileSync(join(here, "../../node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
  } catch ({ stdout }) {
    assert.fail(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
