"use strict";

// The native half: of the package for this platform, or of a local build; else in WebAssembly, where
// that package is installed.

const { platform, arch } = process;

// Linux has two C libraries. To find out which one is slower than to try both.
const BUILDS = {
  "linux-x64": ["linux-x64-gnu", "linux-x64-musl"],
  "linux-arm64": ["linux-arm64-gnu", "linux-arm64-musl"],
  "darwin-x64": ["darwin-x64"],
  "darwin-arm64": ["darwin-arm64"],
  "win32-x64": ["win32-x64-msvc"],
  "win32-arm64": ["win32-arm64-msvc"],
};

const WASM = "hookseal-wasm";

function load() {
  const builds = BUILDS[`${platform}-${arch}`] ?? [];
  const paths = builds.flatMap((build) => [`../hookseal.${build}.node`, `hookseal-${build}`]);
  const failures = [];
  for (const path of [...paths, `${WASM}/native`]) {
    try {
      return require(path);
    } catch (error) {
      failures.push(error);
    }
  }
  throw missing(builds, failures);
}

function missing(builds, failures) {
  const broken = failures.find((error) => error.code !== "MODULE_NOT_FOUND");
  const packages = builds.map((build) => `hookseal-${build}`).join(" or ");
  let message =
    `hookseal has no native build for ${platform}-${arch}: install ${WASM} beside it, which runs ` +
    "everywhere";
  if (broken !== undefined) {
    message = `hookseal cannot load its native build for ${platform}-${arch}: ${broken.message}`;
  } else if (builds.length > 0) {
    message =
      `hookseal lacks the package of its native build, ${packages}: install it together with ` +
      `hookseal, on the platform where it runs, and without --omit=optional; or ${WASM}, which ` +
      "runs everywhere";
  }
  const error = new Error(message, { cause: broken ?? failures.at(-1) });
  error.code = "HOOKSEAL_NO_NATIVE_BUILD";
  return error;
}

module.exports = load();
