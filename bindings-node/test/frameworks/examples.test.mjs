// The examples as they are: each in a process of its own, under its own server.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { PUBLIC_MESSAGE } from "hookseal";

import { send } from "./client.mjs";
import { STRIPE_SECRET, byStripe } from "./deliveries.mjs";
import { v1, v2 } from "./events.mjs";

const here = import.meta.dirname;
const FUNCTIONS = join(here, "node_modules/.bin/functions-framework");

// How each server is started, in the folder of the examples.
const SERVERS = {
  "express.mjs": ["express.mjs"],
  "fastify.mjs": ["fastify.mjs"],
  "koa.mjs": ["koa.mjs"],
  "hono.mjs": ["hono.mjs"],
  "http.mjs": ["http.mjs"],
  "nest.mts": ["compiled/nest.mjs"],
  "cloud-functions.mjs": [FUNCTIONS, "--source=cloud-functions.mjs", "--target=stripe"],
  "explain-refused.mjs": ["explain-refused.mjs"],
};

const OTHERS = ["lambda.mjs", "next-app.mjs", "next-pages.mjs", "workers.mjs"];

const TAKEN = "took evt_1, invoice.paid";
const forged = () => ({ ...byStripe(), body: Buffer.from('{"id":"evt_2","type":"invoice.paid"}') });

let folder;

before(() => {
  // Where the frameworks are found.
  folder = mkdtempSync(join(here, "run-"));
  cpSync(join(here, "../../examples"), folder, { recursive: true });
  const compilerOptions = { noEmit: false, outDir: "compiled" };
  const settings = { extends: "../types/tsconfig.json", compilerOptions, include: ["*"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(here, "../../node_modules/.bin/tsc");
  execFileSync(tsc, ["-p", folder], { encoding: "utf8", stdio: ["ignore", "inherit", "inherit"] });
});

after(() => rmSync(folder, { recursive: true }));

function start(name, port, environment) {
  const env = { PATH: process.env.PATH, PORT: `${port}`, ...environment };
  const child = spawn("node", SERVERS[name], { cwd: folder, env });
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (it) => (said.text += it));
  return { child, said };
}

async function freePort() {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function isListening(port) {
  const socket = connect(port, "localhost");
  const outcome = await Promise.race([once(socket, "connect").then(() => true), failed(socket)]);
  socket.destroy();
  return outcome;
}

function failed(socket) {
  return new Promise((resolve) => socket.on("error", () => resolve(false)));
}

async function serving(name, use) {
  const port = await freePort();
  const { child, said } = start(name, port, { STRIPE_WEBHOOK_SECRET: STRIPE_SECRET });
  try {
    for (let tries = 0; !(await isListening(port)); tries += 1) {
      assert.ok(tries < 200 && child.exitCode === null, `${name} does not listen: ${said.text}`);
      await wait(50);
    }
    return await use(port, said);
  } finally {
    child.kill();
  }
}

test("each example is run", () => {
  const all = readdirSync(join(here, "../../examples")).sort();
  assert.deepEqual(all, [...Object.keys(SERVERS), ...OTHERS].sort());
});

for (const name of Object.keys(SERVERS)) {
  test(`${name} takes what is genuine`, async () => {
    const kept = await serving(name, async (port, said) => {
      const taken = await send(port, byStripe());
      const expected = name === "explain-refused.mjs" ? "" : TAKEN;
      assert.deepEqual([taken.status, taken.text], [200, expected]);
      const refused = await send(port, forged());
      assert.deepEqual([refused.status, refused.text], [401, PUBLIC_MESSAGE]);
      await wait(20);
      return said.text;
    });
    assert.match(kept, /signature_mismatch/);
    if (name === "explain-refused.mjs") assert.match(kept, /took evt_1[^]*body/);
  });

  test(`${name} never listens without its secret`, async () => {
    const port = await freePort();
    const { child, said } = start(name, port, { STRIPE_WEBHOOK_SECRET: "" });
    const [code] = await once(child, "close");
    assert.equal(code, 2, said.text);
    assert.match(said.text, /^hookseal: [^\n]*STRIPE_WEBHOOK_SECRET[^\n]*\n$/);
  });
}

function load(name) {
  process.env.STRIPE_WEBHOOK_SECRET = STRIPE_SECRET;
  return import(join(folder, name));
}

function request({ body, headers }) {
  return new Request("https://a.example/stripe", { method: "POST", headers, body });
}

test("the route of Next.js, and the worker", async () => {
  const { POST } = await load("next-app.mjs");
  const { default: worker } = await load("workers.mjs");
  const env = { STRIPE_WEBHOOK_SECRET: STRIPE_SECRET };
  for (const fetch of [POST, (request) => worker.fetch(request, env)]) {
    const taken = await fetch(request(byStripe()));
    assert.deepEqual([taken.status, await taken.text()], [200, TAKEN]);
    const refused = await fetch(request(forged()));
    assert.deepEqual([refused.status, await refused.text()], [401, PUBLIC_MESSAGE]);
  }
});

test("the page of Next.js", async () => {
  const { default: page, config } = await load("next-pages.mjs");
  assert.deepEqual(config, { api: { bodyParser: false } });
  const server = createServer(page).listen(0);
  await once(server, "listening");
  const { port } = server.address();
  assert.equal((await send(port, byStripe())).text, TAKEN);
  assert.equal((await send(port, forged())).status, 401);
  server.close();
});

test("the function", async () => {
  const { handler } = await load("lambda.mjs");
  for (const form of [v1, v2]) {
    assert.deepEqual(await handler(form(byStripe())), { statusCode: 200, body: TAKEN });
    assert.equal((await handler(form(forged()))).statusCode, 401);
  }
});
