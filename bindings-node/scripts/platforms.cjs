"use strict";

// What npm and napi-rs call the targets of Rust.

const { napi } = require("../package.json");

const OS = { linux: "linux", apple: "darwin", pc: "win32" };
const CPU = { x86_64: "x64", aarch64: "arm64" };
const LIBC = { gnu: "glibc", musl: "musl" };

function platformOf(target) {
  const [arch, vendor, system, abi] = target.split("-");
  const os = OS[vendor === "unknown" ? system : vendor];
  const build = [os, CPU[arch], abi].filter((part) => part !== undefined).join("-");
  return { target, build, file: `hookseal.${build}.node`, os, cpu: CPU[arch], libc: LIBC[abi] };
}

const platforms = napi.targets.map(platformOf);

// The one on which this runs.
function here() {
  const { platform, arch, report } = process;
  const isGlibc = () => report.getReport().header.glibcVersionRuntime !== undefined;
  const libc = platform === "linux" ? (isGlibc() ? "glibc" : "musl") : undefined;
  return platforms.find(
    (it) => it.os === platform && it.cpu === arch && (libc === undefined || it.libc === libc),
  );
}

module.exports = { here, platforms };
