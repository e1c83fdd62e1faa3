// The package as it is published, installed where this tree is not: by a page without a bundler, by
// an application of Vite, and by Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { visit } from "./browser.mjs";

const here = join(import.meta.dirname, "..");

// Bytes of each module, and of the file that has it inlined; and packed by gzip. What is built may
// not grow; the aim is far below.
const SIZES = {
  "hookseal.wasm": [706_000, 305_000],
  "hookseal.mjs": [505_000, 331_000],
  "all.wasm": [855_000, 368_500],
  "all.mjs": [589_000, 395_000],
};

const USE = (module) => `
import { Verifier, explain } from "${module}";
const verifier = new Verifier("stripe", "whsec_test_9f0c1b7a5d3e4f60");
const headers = {
  "Stripe-Signature":
    "t=1700000000,v1=41fac92cb306cc809d9083dcbe473e53886eb5fb1dda10546434f39e038db23a",
};
const bodyText = '{"id":"evt_1","type":"invoice.paid"}';
const now = 1700000002;
const { eventId } = verifier.verify({ bodyText, headers, now });
const { causes } = verifier.explain({ bodyText: \`\${bodyText}\\n\`, headers, now });
globalThis.told = [eventId, causes[0].code].join();
if (typeof document !== "undefined") document.title = globalThis.told;
`;
const TOLD = "evt_1,body_trailing_bytes";

let folder;

function run(command, args, cwd = folder) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" }).trim();
}

function write(name, text) {
  writeFileSync(join(folder, name), text);
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), "hookseal-"));
  const said = run("npm", ["pack", "--json", "--pack-destination", folder], here);
  const [{ filename }] = Object.values(JSON.parse(said));
  write("package.json", '{ "private": true, "type": "module" }');
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", join(folder, filename)]);
});

after(() => rmSync(folder, { recursive: true }));

test("Node reads the module from the disk", () => {
  for (const name of ["hookseal-wasm", "hookseal-wasm/all"]) {
    write("use.mjs", `${USE(name)} console.log(globalThis.told);`);
    assert.equal(run("node", ["use.mjs"]), TOLD);
  }
});

test("a page without a bundler loads it, and nothing else is requested", async () => {
  for (const build of ["hookseal", "all"]) {
    const path = `/node_modules/hookseal-wasm/dist/${build}.mjs`;
    write("page.mjs", USE(path));
    write("page.html", '<!doctype html><script type="module" src="/page.mjs"></script>');
    const requested = await visit(folder, "/page.html", async (page) => {
      assert.equal(await page.title(), TOLD);
    });
    assert.deepEqual(requested, ["/page.html", "/page.mjs", path]);
  }
});

test("an application of Vite is built and loads it, and nothing else is requested", async () => {
  write("main.js", USE("hookseal-wasm"));
  write("index.html", '<!doctype html><script type="module" src="/main.js"></script>');
  symlinkSync(join(here, "node_modules/vite"), join(folder, "node_modules/vite"));
  run("node", ["node_modules/vite/bin/vite.js", "build", "--logLevel=error", "--outDir=app"]);
  const requested = await visit(join(folder, "app"), "/index.html", async (page) => {
    assert.equal(await page.title(), TOLD);
  });
  assert.equal(requested.length, 2, requested.join());
});

test("the package is complete, and depends on nothing", () => {
  const root = join(folder, "node_modules/hookseal-wasm");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  const { exports } = manifest;
  const paths = [exports["."], exports["./all"]].flatMap((it) => Object.values(it));
  for (const path of [...paths, exports["./native"], "LICENSE-MIT", "types/names.d.ts"]) {
    assert.ok(statSync(join(root, path)).size > 20, path);
  }
  for (const path of paths) {
    assert.doesNotMatch(readFileSync(join(root, path), "utf8"), /\bfetch\(|\beval\(|new Function/);
  }
});

test("the modules have not grown", () => {
  for (const [name, [most, packed]] of Object.entries(SIZES)) {
    const bytes = readFileSync(join(here, "dist", name));
    const found = [bytes.length, gzipSync(bytes, { level: 9 }).length];
    assert.ok(found[0] <= most && found[1] <= packed, `${name}: ${found}`);
  }
});
