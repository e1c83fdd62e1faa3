// Puts the JavaScript half, the glue and the WebAssembly module together: one file for each way to
// get at a module.
//
//     node scripts/bundle.mjs GLUE.js MODULE.wasm NAME

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";

import { build } from "esbuild";

const [, , glue, wasm, name] = process.argv;
const here = resolve(import.meta.dirname, "..");
const dist = join(here, "dist");
const file = `${name}.wasm`;
const own = (name) => join(here, "js", name);

// Of the glue, what is used: not how it would fetch a module.
const NEEDED =
  "Endpoint, Row, Setup, Verifier, defaultBodyLimit, detect, frameworks, initSync, names, " +
  "outcomes, publicMessage, readCapture";

// What it is given is a module. It asks, by a class that the module of another realm is not of: and
// such a one is what an edge runtime hands over that runs in a context of Node's.
const ASKS = "!(module instanceof WebAssembly.Module)";

function unasked(path) {
  const parts = readFileSync(path, "utf8").split(ASKS);
  if (parts.length !== 2) throw new Error(`the glue does not ask once: ${ASKS}`);
  return parts.join("false");
}

async function glueOf(path) {
  const made = await build({
    stdin: { contents: `export { ${NEEDED} } from ${JSON.stringify(path)}`, resolveDir: here },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "unasked",
        setup: ({ onLoad }) => onLoad({ filter: /\.js$/ }, () => ({ contents: unasked(path) })),
      },
    ],
  });
  return made.outputFiles[0].text;
}

const needed = await glueOf(resolve(glue));

const HALVES = /^\.\.?\/(lib\/)?(native|platform)\.cjs$/;
const NAMES = /^hookseal:/;

// In the JavaScript half, the modules that are Node's alone are replaced; and here is what the names
// of this build stand for.
function parts(module) {
  const named = {
    "hookseal:packed": { path: resolve(wasm), namespace: "packed" },
    "hookseal:glue": { path: "glue", namespace: "glue" },
    "hookseal:module": module,
  };
  return {
    name: "parts",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: HALVES }, ({ path }) => ({
        path: own(/native/.test(path) ? "native.mjs" : "platform.mjs"),
      }));
      onResolve({ filter: NAMES }, ({ path }) => named[path]);
      onLoad({ filter: /./, namespace: "glue" }, () => ({ contents: needed }));
      onLoad({ filter: /./, namespace: "packed" }, ({ path }) => ({
        contents: deflateRawSync(readFileSync(path), { level: 9 }).toString("base64"),
        loader: "text",
      }));
    },
  };
}

function bundle(output, entry, module, options) {
  return build({
    entryPoints: [own(entry)],
    outfile: join(dist, output),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:*"],
    define: { HOOKSEAL_FILE: JSON.stringify(`./${file}`) },
    plugins: [parts(module)],
    logLevel: "warning",
    ...options,
  });
}

const at = (name) => ({ path: own(name) });
const external = (path) => ({ path, external: true });

mkdirSync(dist, { recursive: true });
copyFileSync(wasm, join(dist, file));
// It has a part of fflate, whose licence goes with it.
const licence = readFileSync(join(here, "node_modules/fflate/LICENSE"), "utf8");
const banner = { js: `/*! Of fflate:\n${licence}*/` };
await bundle(`${name}.mjs`, "index.mjs", at("module-inline.mjs"), { banner });
await bundle(`${name}.node.mjs`, "index.mjs", at("module-node.mjs"));
await bundle(`${name}.workerd.mjs`, "index.mjs", external(`./${file}`));
// Where bundlers know a module by this suffix.
await bundle(`${name}.edge.mjs`, "index.mjs", external(`./${file}?module`));
// For the package `hookseal`, whose JavaScript half is its own, and which has every algorithm.
if (name === "all") {
  await bundle("native.cjs", "native.mjs", at("module-disk.cjs"), { format: "cjs", platform: "node" });
}
