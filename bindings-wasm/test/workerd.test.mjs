// Every vector in workerd, the runtime of Workers, which imports the compiled module.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAll, assertOneWrong, files } from "./counts.mjs";

const here = join(import.meta.dirname, "..");
const PORT = /listening on 127\.0\.0\.1:(\d+)|"port":\s*(\d+)/;

// The modules by the names under which the worker imports them.
function config(build) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "worker.mjs", esModule = embed "worker.mjs"),
      (name = "verdicts.mjs", esModule = embed "verdicts.mjs"),
      (name = "hookseal.mjs", esModule = embed "hookseal.mjs"),
      (name = "${build}.wasm", wasm = embed "${build}.wasm"),
      (name = "vectors.json", json = embed "vectors.json"),
    ],
    compatibilityDate = "2026-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

function prepare(folder, build) {
  for (const name of ["worker.mjs", "verdicts.mjs"]) {
    copyFileSync(join(here, "test", name), join(folder, name));
  }
  copyFileSync(join(here, `dist/${build}.workerd.mjs`), join(folder, "hookseal.mjs"));
  copyFileSync(join(here, `dist/${build}.wasm`), join(folder, `${build}.wasm`));
  writeFileSync(join(folder, "vectors.json"), JSON.stringify(files));
  writeFileSync(join(folder, "config.capnp"), config(build));
}

// Starts it on a free port, which it tells over a pipe.
async function ask(folder) {
  const binary = join(here, "node_modules/@cloudflare/workerd-linux-64/bin/workerd");
  const process = spawn(binary, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    let said = "";
    for await (const chunk of process.stdio[3]) {
      said += chunk;
      const port = PORT.exec(said);
      if (port !== null) return await (await fetch(`http://127.0.0.1:${port[1] ?? port[2]}`)).json();
    }
    throw new Error("workerd has ended");
  } finally {
    process.kill();
  }
}

for (const build of ["hookseal", "all"]) {
  test(`every vector has the right verdict in workerd: ${build}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "hookseal-"));
    try {
      prepare(folder, build);
      const [found, spoilt] = await ask(folder);
      assertAll(found, build);
      assertOneWrong(spoilt);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
