// Packs the package, and that of each native build which is here, as they are published: the
// repository's package.json has no `optionalDependencies`, since npm cannot install what is not yet
// there.
//
//     node scripts/pack.mjs FOLDER     prints the path of each package, the main one last

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import names from "./platforms.cjs";

const [, , given] = process.argv;
const here = resolve(import.meta.dirname, "..");
const folder = resolve(given);
const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const { name, version, license, repository, engines } = manifest;

function pack(folder) {
  // `npm pack` says what it has packed.
  const said = execFileSync(
    "npm",
    ["pack", "--json", "--pack-destination", resolve(folder, "..")],
    { cwd: folder },
  );
  const [{ filename }] = Object.values(JSON.parse(said));
  console.log(resolve(folder, "..", filename));
}

function write(folder, files, manifest) {
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(join(here, file), join(folder, file), { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  pack(folder);
}

// What stands for one path of `exports`.
const { platforms } = names;
const licences = ["LICENSE-APACHE", "LICENSE-MIT"];

for (const { build, file: main, os, cpu, libc } of platforms) {
  if (!existsSync(join(here, main))) continue;
  write(join(folder, `${name}-${build}`), [main, ...licences], {
    name: `${name}-${build}`,
    version,
    description: `The native half of ${name} for ${build}`,
    license,
    repository,
    engines,
    os: [os],
    cpu: [cpu],
    libc: libc && [libc],
    main,
    files: [main, "LICENSE-*"],
  });
}

const { devDependencies, scripts, napi: ours, ...published } = manifest;
const optionalDependencies = Object.fromEntries(
  platforms.map(({ build }) => [`${name}-${build}`, version]),
);
write(
  join(folder, name),
  ["index.cjs", "index.mjs", "index.d.cts", "index.d.mts", "bin", "lib", "types", "README.md", ...licences],
  { ...published, optionalDependencies },
);
