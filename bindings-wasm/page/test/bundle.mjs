// A module of the page's sources, bundled for Node.

import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { recordedPlugin } from "../scripts/plugins.mjs";

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

export async function bundled(...modules) {
  const lines = modules.map((name) => `export * from "./${name}.ts";`);
  const { outputFiles } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: SOURCES, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    plugins: [recordedPlugin()],
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
  );
}
