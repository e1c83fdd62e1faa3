// The code that the page hands out runs, and does what the page says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { bundled } from "./bundle.mjs";
import { MODULE } from "../scripts/module.mjs";

const api = await import(pathToFileURL(MODULE).href);
const page = await bundled("worker/analyse", "worker/examples", "shared/code", "shared/row");

const SECRET = "never in the code 0123456789";

function configured(name, more = {}) {
  const row = page.rowOf(api.providers().find((scheme) => scheme.name === name));
  const base = { provider: name, readsUrl: page.readsUrl(row), readsMethod: page.readsMethod(row) };
  return { ...base, weak: false, several: false, ...more };
}

async function run(code) {
  const text = code.replace(
    'from "hookseal"',
    `from ${JSON.stringify(pathToFileURL(MODULE).href)}`,
  );
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

test("the code for Node verifies every provider's example, and refuses a changed one", async () => {
  let ran = 0;
  for (const { name } of api.providers()) {
    const example = page.exampleOf(api, { provider: name, fault: "genuine" });
    // The code judges by the clock.
    if (!example.isFresh || typeof example.now === "number") continue;
    const it = configured(name, { url: example.url, weak: example.weak });
    process.env[page.variable(name)] = example.secret;
    const { receive } = await run(page.codeFor("node", it));
    const url = example.url?.replace(/^https?:\/\/[^/]*/, "");
    const request = { rawHeaders: example.headers.flat(), method: example.method, url };
    assert.ok(receive(request, Buffer.from(example.body)), name);
    const { error } = console;
    const said = [];
    console.error = (...words) => said.push(words.join(" "));
    assert.equal(receive({ ...request, rawHeaders: [] }, Buffer.from("{}")), undefined, name);
    console.error = error;
    assert.match(said[0], /^refused: [a-z_]+$/);
    ran += 1;
  }
  assert.ok(ran >= 250, `only ${ran}`);
});

test("options, a scheme of one's own and an old secret are in the code", async () => {
  const toml = api
    .providers()
    .find(({ name }) => name === "stripe")
    .toToml();
  const it = configured("stripe", { toml, tolerance: 900, weak: true, several: true });
  process.env.STRIPE_WEBHOOK_SECRET = "short";
  process.env.STRIPE_WEBHOOK_SECRET_OLD = SECRET;
  const { receive } = await run(page.codeFor("node", it));
  const body = Buffer.from('{"id":"evt_1"}');
  const now = Math.floor(Date.now() / 1000) - 800;
  const { headers } = api.sign("stripe", SECRET, { body, now });
  const delivery = receive({ rawHeaders: Object.entries(headers).flat() }, body);
  assert.equal(delivery.secretIndex, 1);
});

const CONFIGURED = [
  configured("stripe", {}),
  configured("twilio", {
    url: 'https://example.com/"a"',
    tolerance: 60,
    several: true,
    weak: true,
  }),
  configured("hubspot", { toml: 'name = "a`b${c}"\nsource = "x\\\\y"\nsplit = "#"\n' }),
];

test("the code for Python is Python", () => {
  for (const it of CONFIGURED) {
    const code = page.codeFor("python", it);
    const read = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: code,
    });
    assert.equal(read.status, 0, String(read.stderr));
  }
});

test("the code for Rust is Rust", () => {
  for (const it of CONFIGURED) {
    const code = page.codeFor("rust", it);
    const [, uses, rest] = /^(use [^\n]*\n)([\s\S]*)$/.exec(code);
    const whole = `${uses}fn f() -> Result<(), E> {\n${rest}\nOk(())\n}\n`;
    const read = spawnSync("rustfmt", ["--edition", "2024", "--emit", "stdout"], { input: whole });
    assert.equal(read.status, 0, String(read.stderr));
  }
});
