// Packs the package, and that of each native build which is here, as they are published: the
// repository's package.json has no `optionalDependencies`, since npm cannot install what is not yet
// there.
//
//     node scripts/pack.mjs FOLDER     prints the path of each package, the main one last

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [, , given] = process.argv;
const here = resolve(import.meta.dirname, "..");
const folder = resolve(given);
const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const { name, version, license, repository, engines, napi } = manifest;

// What npm calls the parts of Rust's targets.
const OS = { linux: "linux", apple: "darwin", pc: "win32" };
const CPU = { x86_64: "x64", aarch64: "arm64" };
const LIBC = { gnu: "glibc", musl: "musl" };

function platformOf(target) {
  const [arch, vendor, system, abi] = target.split("-");
  const os = OS[vendor === "unknown" ? system : vendor];
  const parts = [os, CPU[arch], abi].filter((part) => part !== undefined);
  return { build: parts.join("-"), os, cpu: CPU[arch], libc: LIBC[abi] };
}

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

const platforms = napi.targets.map(platformOf);
const licences = ["LICENSE-APACHE", "LICENSE-MIT"];

for (const { build, os, cpu, libc } of platforms) {
  const main = `hookseal.${build}.node`;
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
  ["index.cjs", "index.mjs", "index.d.cts", "index.d.mts", "lib", "types", ...licences],
  { ...published, optionalDependencies },
);
