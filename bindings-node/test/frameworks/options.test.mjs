// How a receiver is made, and where it is found.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

import { BodyConsumedError, Receiver } from "hookseal/receive";

import { STRIPE_SECRET, TWILIO_SECRET, byStripe } from "./deliveries.mjs";

const require = createRequire(import.meta.url);

test("no framework is imported, and nothing before it is asked for", () => {
  const loaded = (name) => {
    const code = `require("${name}"); console.log(Object.keys(require.cache).join("\\n"))`;
    return execFileSync("node", ["-e", code], { cwd: import.meta.dirname, encoding: "utf8" });
  };
  assert.doesNotMatch(loaded("hookseal"), /lib.receive/);
  const others = [".", "./claims", "./testing", "./package.json"];
  const { exports } = require("hookseal/package.json");
  const helpers = Object.keys(exports).filter((it) => !others.includes(it));
  for (const helper of helpers) {
    const modules = loaded(`hookseal${helper.slice(1)}`);
    assert.match(modules, /lib.receive.receiver\.cjs/);
    assert.doesNotMatch(modules, /node_modules/, helper);
  }
  assert.equal(helpers.length, 10);
});

test("ESM and CommonJS are one", async () => {
  const { exports } = require("hookseal/package.json");
  const helpers = Object.entries(exports).filter(([, it]) => /receive/.test(it.import?.default));
  for (const [path] of helpers) {
    const name = `hookseal${path.slice(1)}`;
    const { default: unused, ...esm } = await import(name);
    assert.deepEqual({ ...esm }, { ...require(name) });
    assert.equal(esm.Receiver, Receiver);
    assert.equal(esm.BodyConsumedError, BodyConsumedError);
  }
  assert.equal(helpers.length, 10);
});

test("options that cannot be meant", () => {
  const cases = [
    [{}, "TypeError", /secretEnv/],
    [undefined, "TypeError", /secretEnv/],
    [null, "TypeError", /options are an object/],
    [{ secret: undefined }, "TypeError", /is the variable set/],
    [{ secret: STRIPE_SECRET, secretEnv: "A" }, "TypeError", /either/],
    [{ secret: STRIPE_SECRET, tolerence: 1 }, "TypeError", /no option "tolerence"/],
    [{ secret: STRIPE_SECRET, dangerAnyTime: true }, "TypeError", /no option/],
    [{ secret: STRIPE_SECRET, tolerance: -1 }, "TypeError", /whole number/],
    [{ secret: STRIPE_SECRET, trustedProxies: -1 }, "TypeError", /count/],
    [{ secret: STRIPE_SECRET, trustedProxies: true }, "TypeError", /count/],
    [{ secret: STRIPE_SECRET, onRefused: 1 }, "TypeError", /function/],
    [{ secret: STRIPE_SECRET, allowFrom: [1] }, "TypeError", /network/],
    [{ secretEnv: 1 }, "TypeError", /name of an environment variable/],
    [{ secret: "short" }, "SecretError", /short/],
    [{ secret: STRIPE_SECRET, allowFrom: [] }, "SchemeError", /refuse every delivery/],
    [{ secret: STRIPE_SECRET, allowFrom: ["10.0.0.1/8"] }, "SchemeError", /host bits/],
    [{ secret: STRIPE_SECRET, allowFrom: "nonsense" }, "SchemeError", /CIDR/],
    [{ secret: STRIPE_SECRET, url: "hooks.example.com" }, "SchemeError", /https:/],
  ];
  for (const [options, name, message] of cases) {
    assert.throws(() => new Receiver("stripe", options), { name, message });
  }
  const unlisted = () => new Receiver("stripe", { secret: STRIPE_SECRET, allowFrom: ["::1", "a"] });
  assert.throws(unlisted, { code: "malformed_network", key: "allowFrom[1]" });
  const homeless = () => new Receiver("twilio", { secret: TWILIO_SECRET });
  assert.throws(homeless, { name: "SchemeError", code: "no_public_url", key: "url" });
});

const RUN = (provider, options) => `
  const { Receiver } = require("hookseal/receive");
  new Receiver(${JSON.stringify(provider)}, ${JSON.stringify(options)});
  console.log("listening");
`;

function run(provider, options, environment) {
  const env = { PATH: process.env.PATH, ...environment };
  const settings = { cwd: import.meta.dirname, env, encoding: "utf8" };
  return spawnSync("node", ["-e", RUN(provider, options)], settings);
}

test("without its secret the process ends", () => {
  const unset = "the environment variable HOOK is not set, or empty";
  const cases = [
    ["stripe", { secretEnv: "HOOK" }, {}, unset],
    ["stripe", { secretEnv: "HOOK" }, { HOOK: "" }, unset],
    ["stripe", { secretEnv: "HOOK" }, { HOOK: "   " }, "empty_secret"],
    ["stripe", { secretEnv: "HOOK" }, { HOOK: "tooshort" }, "weak_secret"],
    ["standard-webhooks", { secretEnv: "HOOK" }, { HOOK: "whsec_no!64" }, "malformed_secret"],
    ["stripe", { secretEnv: ["HOOK", "OLD"] }, { HOOK: STRIPE_SECRET }, "variable OLD is not set"],
    ["stripe", { secretEnv: [] }, {}, "empty_secret"],
    ["meta", { secret: STRIPE_SECRET, expectedEnv: "HOOK" }, {}, unset],
  ];
  for (const [provider, options, environment, said] of cases) {
    const ended = run(provider, options, environment);
    assert.deepEqual([ended.status, ended.stdout], [2, ""], said);
    assert.match(ended.stderr, /^hookseal: [^\n]+\n$/);
    assert.ok(ended.stderr.includes(said), ended.stderr);
    const secrets = Object.values(environment).filter((it) => it.trim() !== "");
    assert.ok(!secrets.some((secret) => ended.stderr.includes(secret)));
  }
});

test("with its secret it goes on", () => {
  const environment = { HOOK: "whsec_another_secret_1", OLD: STRIPE_SECRET };
  const ended = run("stripe", { secretEnv: ["HOOK", "OLD"] }, environment);
  assert.deepEqual([ended.status, ended.stdout, ended.stderr], [0, "listening\n", ""]);
});

test("the old secret of a rotation", () => {
  Object.assign(process.env, { HOOK: "whsec_another_secret_1", OLD: STRIPE_SECRET });
  const receiver = new Receiver("stripe", { secretEnv: ["HOOK", "OLD"] });
  const { method, path, headers, body } = byStripe();
  assert.equal(receiver.receive({ method, target: path, headers }, body).secretIndex, 1);
});
