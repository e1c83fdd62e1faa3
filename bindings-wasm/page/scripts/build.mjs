// Builds the page into `dist`: static files, which any server can serve from any folder.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";

import { build } from "esbuild";

import { MODULE } from "./module.mjs";
import { pathOf } from "./paths.mjs";
import { recordedPlugin } from "./plugins.mjs";

const SOURCES = pathOf("../src");
const DIST = pathOf("../dist");

/** What is copied as it is. */
const STATIC = ["index.html", "manifest.webmanifest", "icon.svg"];
const MADE = ["page.js", "worker.js", "style.css"];

if (!existsSync(MODULE)) {
  console.error(`There is no ${MODULE}: build the package hookseal-wasm first.`);
  process.exit(1);
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
await bundle({ page: `${SOURCES}/main.ts`, worker: `${SOURCES}/worker/main.ts` });
await bundle({ style: `${SOURCES}/style/all.css` });
for (const name of STATIC) await cp(`${SOURCES}/${name}`, `${DIST}/${name}`);
await writeFile(`${DIST}/index.html`, await page());
await serviceWorker();
await writeFile(`${DIST}/_headers`, await headers());

async function bundle(entryPoints, define = {}) {
  await build({
    entryPoints,
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    alias: { hookseal: MODULE },
    plugins: [recordedPlugin()],
    define,
    logLevel: "warning",
    legalComments: "eof",
  });
}

/** The page, with its parts in their places. */
async function page() {
  let html = await readFile(`${SOURCES}/index.html`, "utf8");
  for (const [mark, name] of html.matchAll(/<!-- include (\S+) -->/g)) {
    const part = await readFile(`${SOURCES}/${name}`, "utf8");
    html = html.replace(mark, () => part);
  }
  return html;
}

// The version is of the files: another one is another worker, which takes the place of the old.
async function serviceWorker() {
  const hash = createHash("sha256");
  for (const name of [...STATIC, ...MADE]) hash.update(await readFile(`${DIST}/${name}`));
  await bundle(
    { "service-worker": `${SOURCES}/offline/service-worker.ts` },
    {
      FILES: JSON.stringify(["./", ...STATIC.slice(1), ...MADE]),
      VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)),
      POLICY: JSON.stringify(await policy()),
    },
  );
}

/** The policy, as the page itself has it. */
async function policy() {
  const html = await readFile(`${SOURCES}/index.html`, "utf8");
  const found = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  if (found === null) throw new Error("the page has no policy");
  return found[1];
}

// For hosts that read such a file. The service worker fetches the files that it keeps.
async function headers() {
  const strict = await policy();
  const files = ["/", ...STATIC, ...MADE].map((name) => [name.replace(/^\/?/, "/"), strict]);
  const own = ["/service-worker.js", strict.replace("connect-src 'none'", "connect-src 'self'")];
  return [...files, own]
    .map(([path, value]) => `${path}\n  Content-Security-Policy: ${value}\n`)
    .join("");
}
