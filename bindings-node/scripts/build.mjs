// Builds the native half, and puts it where the loader looks.
//
//     node scripts/build.mjs            for this machine, with the compiler that is here
//     node scripts/build.mjs TARGET     for a target of Rust, as it is published: on Linux linked by
//                                       cargo-zigbuild, which asks for no newer C library than this

import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";

import names from "./platforms.cjs";

const OLDEST_GLIBC = "2.17";
const LIBRARY = {
  linux: "libhookseal_node.so",
  darwin: "libhookseal_node.dylib",
  win32: "hookseal_node.dll",
};

const folder = resolve(import.meta.dirname, "..");
const [, , target] = process.argv;
const platform = target === undefined ? names.here() : names.platforms.find((it) => it.target === target);
if (platform === undefined) throw new Error(`no package is made for ${target ?? "this machine"}`);

const { os, libc, file } = platform;
const build = process.env.CARGO_TARGET_DIR ?? join(folder, "target");
const args = ["--quiet", "--release", "--locked", "--target-dir", build];
const env = { ...process.env };
// A library that is loaded into a process has to use the C library of that process.
if (libc === "musl") env.RUSTFLAGS = "-C target-feature=-crt-static";
if (target !== undefined) args.push("--target", libc === "glibc" ? `${target}.${OLDEST_GLIBC}` : target);
const command = target !== undefined && os === "linux" ? "zigbuild" : "build";
execFileSync("cargo", [command, ...args], { cwd: folder, env, stdio: "inherit" });
copyFileSync(join(build, target ?? "", "release", LIBRARY[os]), join(folder, file));
