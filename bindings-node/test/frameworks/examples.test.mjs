// The examples as they are: each in a process of its own, under its own server.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
  "keep-refused.mjs": ["keep-refused.mjs"],
};

const OTHERS = [
  "claims.mjs", // run by the tests of claims, where its store is
  "explain-refused.mjs",
  "express.test.mjs",
  "lambda.mjs",
  "next-app.mjs",
  "next-pages.mjs",
  "workers.mjs",
];

const TAKEN = "took evt_1, invoice.paid";
const forged = () => ({ ...byStripe(), body: Buffer.from('{"id":"evt_2","type":"invoice.paid"}') });

let folder;

before(() => {
  // Where the frameworks are found.
  folder = mkdtempSync(join(here, "run-"));
  const filter = (path) => !path.endsWith("claims.mjs");
  cpSync(join(here, "../../examples"), folder, { recursive: true, filter });
  standIn("hookseal-wasm", 'export * from "hookseal/web";\n');
  const compilerOptions = { noEmit: false, outDir: "compiled" };
  const settings = { extends: "../types/tsconfig.json", compilerOptions, include: ["*"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(here, "../../node_modules/.bin/tsc");
  execFileSync(tsc, ["-p", folder], { encoding: "utf8", stdio: ["ignore", "inherit", "inherit"] });
});

after(() => rmSync(folder, { recursive: true }));

// A package with the same surface as one that is built and tested elsewhere.
function standIn(name, module) {
  const place = join(folder, "node_modules", name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), '{ "type": "module", "exports": "./index.mjs" }');
  for (const file of ["index.mjs", "index.d.mts"]) writeFileSync(join(place, file), module);
}

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

async function serving(name, use, secret = STRIPE_SECRET) {
  const port = await freePort();
  const { child, said } = start(name, port, { STRIPE_WEBHOOK_SECRET: secret });
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
  const keeps = name === "keep-refused.mjs";

  test(`${name} takes what is genuine`, async () => {
    const logged = await serving(name, async (port, said) => {
      const taken = await send(port, byStripe());
      assert.deepEqual([taken.status, taken.text], [200, keeps ? "" : TAKEN]);
      const refused = await send(port, forged());
      assert.deepEqual([refused.status, refused.text], [401, PUBLIC_MESSAGE]);
      await wait(20);
      return said.text;
    });
    assert.match(logged, keeps ? /^evt_1\n$/ : /signature_mismatch/);
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

// What the example keeps of a delivery that got a line end on its way.
async function keepRefused(secret) {
  rmSync(join(folder, "refused.json"), { force: true });
  const event = '{"id":"evt_1","type":"invoice.paid"}';
  const delivery = byStripe("/stripe", { event, secret });
  const use = async (port) => {
    assert.equal((await send(port, delivery)).status, 200);
    assert.ok(!existsSync(join(folder, "refused.json")));
    const longer = { ...delivery, body: Buffer.from(`${event}\n`) };
    assert.equal((await send(port, longer)).status, 401);
  };
  await serving("keep-refused.mjs", use, secret);
}

test("what was refused is explained", async () => {
  await keepRefused(STRIPE_SECRET);
  const env = { PATH: process.env.PATH, STRIPE_WEBHOOK_SECRET: STRIPE_SECRET };
  const command = ["explain-refused.mjs", "refused.json"];
  const said = execFileSync("node", command, { cwd: folder, env, encoding: "utf8" });
  assert.match(said, /^refused: signature_mismatch {2}stripe\n/);
  assert.match(said, /\nbody_trailing_bytes proved\n$/);
  assert.match(said, /express\.raw/, "the raw body of the framework");
  assert.doesNotMatch(said, /whsec_/);
});

test("the commands of the README", async () => {
  const readme = readFileSync(join(here, "../../README.md"), "utf8");
  const [, block] = Array.from(readme.matchAll(/```console\n([^]*?)```/g), ([, it]) => it);
  await keepRefused("whsec_test_9f0c1b7a5d3e4f60");
  // Where npx looks first: it asks no registry.
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(join(here, "../../bin/hookseal.cjs"), join(folder, "node_modules/.bin/hookseal"));
  const lines = block.trimEnd().split("\n");
  const typed = lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
  const quiet = { npm_config_offline: "true", npm_config_update_notifier: "false" };
  const env = { PATH: process.env.PATH, HOME: folder, ...quiet };
  const options = { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  const said = execFileSync("bash", ["-euc", typed.join("\n")], options);
  assert.ok(typed.length > 4);
  assert.deepEqual(
    said.trimEnd().split("\n"),
    lines.filter((line) => !line.startsWith("$ ")),
  );
});

test("the example of a test", () => {
  const { status, stdout } = spawnSync("node", ["--test", "express.test.mjs"], {
    cwd: folder,
    env: { PATH: process.env.PATH }, // not under the runner of this test
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /pass 1\n[^]*fail 0\n/);
});
