"use strict";

// Prints the file name of a local build for this machine, as napi-rs has it.

const { platform, arch, report } = process;

function build() {
  if (platform === "win32") return `win32-${arch}-msvc`;
  if (platform !== "linux") return `${platform}-${arch}`;
  const isGlibc = report.getReport().header.glibcVersionRuntime !== undefined;
  return `linux-${arch}-${isGlibc ? "gnu" : "musl"}`;
}

console.log(`hookseal.${build()}.node`);
