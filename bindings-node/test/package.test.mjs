// The package as it is published, installed where this tree is not.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import platforms from "../scripts/platforms.cjs";

const EXAMPLE = `
const verifier = new Verifier("stripe", "whsec_test_9f0c1b7a5d3e4f60");
const body = Buffer.from('{"id":"evt_1","type":"invoice.paid"}');
const headers = {
  "Stripe-Signature":
    "t=1700000000,v1=41fac92cb306cc809d9083dcbe473e53886eb5fb1dda10546434f39e038db23a",
};
const delivery = verifier.verify({ body, headers, now: 1700000002 });
console.log(delivery.eventId);
`;

const here = join(import.meta.dirname, "..");
const most = 2.5e6;
let folder;
let packages;

function run(command, args, options = {}) {
  return execFileSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
    ...options,
  }).trim();
}

function install(...files) {
  const args = [
    "install",
    "--no-audit",
    "--no-fund",
    "--omit=optional",
    "--loglevel=error",
    "--prefix",
    folder,
  ];
  run("npm", [...args, ...files]);
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), "hookseal-"));
  packages = run("node", [join(here, "scripts/pack.mjs"), join(folder, "dist")]).split("\n");
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  writeFileSync(join(folder, "example.cjs"), `const { Verifier } = require("hookseal");${EXAMPLE}`);
  writeFileSync(join(folder, "example.mjs"), `import { Verifier } from "hookseal";${EXAMPLE}`);
});

after(() => rmSync(folder, { recursive: true }));

test("without its native half the package says which package is missing", () => {
  install(packages.at(-1));
  const { platform, arch } = process;
  const says = new RegExp(`lacks the package of its native build, hookseal-${platform}-${arch}`);
  assert.throws(
    () => run("node", ["example.cjs"]),
    (error) => says.test(error.stderr),
  );
  assert.throws(
    () => run("node", ["example.mjs"]),
    (error) => says.test(error.stderr),
  );
});

test("a native half that cannot be loaded is told apart from one that is missing", () => {
  const { platform, arch } = process;
  const says = new RegExp(`cannot load its native build for ${platform}-${arch}`);
  const broken = join(folder, "node_modules/hookseal", platforms.here().file);
  writeFileSync(broken, "no library");
  assert.throws(
    () => run("node", ["example.cjs"]),
    (error) => says.test(error.stderr),
  );
  rmSync(broken);
});

test("the packages work in a new folder, in ESM and in CommonJS", () => {
  assert.equal(packages.length, 2);
  install(...packages);
  assert.equal(run("node", ["example.cjs"]), "evt_1");
  assert.equal(run("node", ["example.mjs"]), "evt_1");
});

test("the command and the testing help are there", () => {
  const words = ["--no-install", "hookseal", "providers", "--json"];
  assert.ok(JSON.parse(run("npx", words)).length > 100);
  const example = 'console.log(require("hookseal/testing").secretFor("stripe"))';
  assert.equal(run("node", ["-e", example]), "test_secret_of_stripe");
  const module = example.replace('require("hookseal/testing")', '(await import("hookseal/testing"))');
  assert.equal(run("node", ["--input-type=module", "-e", module]), "test_secret_of_stripe");
});

test("the packages are complete, small, and depend on nothing else", () => {
  const read = (name) =>
    JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
  const { dependencies, devDependencies, optionalDependencies, version, files } = read("hookseal");
  assert.deepEqual([dependencies, devDependencies], [undefined, undefined]);
  assert.equal(Object.keys(optionalDependencies).length, 8);
  assert.ok(Object.values(optionalDependencies).every((it) => it === version));
  assert.ok(files.includes("types"));
  const texts = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];
  for (const name of [...texts, "types/names.d.ts", "index.d.mts"]) {
    assert.ok(statSync(join(folder, "node_modules/hookseal", name)).size > 20, name);
  }
  const listed = run("find", ["node_modules", "-type", "f"]).split("\n");
  const size = listed.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  assert.ok(size <= most, `${size} bytes installed`);
});

test("the package is published as tools and bundlers expect it", () => {
  const tool = (name) => join(here, "node_modules/.bin", name);
  const main = packages.at(-1);
  assert.match(run(tool("publint"), ["run", main, "--strict"]), /All good/);
  // Its status tells. TypeScript's resolution of before 2022 knows no subpaths: that is left out.
  assert.match(run(tool("attw"), [main, "--profile", "node16"]), /node16 \(from ESM\)/);
  for (const file of packages) {
    const [{ name }] = Object.values(JSON.parse(run("npm", ["publish", file, "--dry-run", "--json"])));
    assert.match(name, /^hookseal/);
  }
});
