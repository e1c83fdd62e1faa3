#!/usr/bin/env node
// Makes the copy of these texts that the package for Node has: a module, so that bundlers find it.
//
//     node service/texts/copy-node.mjs             writes it
//     node service/texts/copy-node.mjs --check     tells whether it is as it has to be

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, parse, relative } from "node:path";

const here = import.meta.dirname;
const root = join(here, "../..");
const copy = join(root, "bindings-node/lib/claims/texts.cjs");

// The texts of one store, by their names.
function textsOf(store) {
  const names = readdirSync(join(here, store)).sort();
  const read = (name) => readFileSync(join(here, store, name), "utf8");
  return Object.fromEntries(names.map((name) => [parse(name).name, read(name)]));
}

// A template shows the lines as they are; what would end it, or mean something in it, is escaped.
function quoted(text) {
  return `\`${text.replaceAll(/[\\`]|\$\{/g, (it) => `\\${it}`)}\``;
}

function moduleOf(stores) {
  const lines = ['"use strict";', "", "// Made by service/texts/copy-node.mjs.", ""];
  lines.push("module.exports = {");
  for (const store of stores) {
    lines.push(`  ${store}: {`);
    for (const [name, text] of Object.entries(textsOf(store))) {
      lines.push(`    "${name}": ${quoted(text)},`);
    }
    lines.push("  },");
  }
  return `${[...lines, "};"].join("\n")}\n`;
}

const made = moduleOf(["postgresql", "redis", "sqlite"]);
if (process.argv[2] === "--check") {
  if (readFileSync(copy, "utf8") !== made) {
    console.error(`${relative(root, copy)} is not what service/texts/copy-node.mjs makes`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(copy, made);
}
