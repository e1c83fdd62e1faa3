#!/usr/bin/env bash
# Builds the package, and runs its tests: in Node, in Chromium (Debian's, or the one that CHROMIUM
# names), in workerd and in an edge runtime; and those of the package for Node over WebAssembly.
set -euo pipefail
cd "$(dirname "$0")"

./build.sh
node --test --test-concurrency=1 test/*.test.mjs

# The package for Node as it is where no native build fits.
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
mkdir -p "$folder/bindings-node/node_modules"
cp -r ../bindings-node/{index.*,lib,types,test,package.json} "$folder/bindings-node"
ln -s "$PWD" "$folder/bindings-node/node_modules/hookseal-wasm"
ln -s "$PWD/node_modules/fast-check" "$folder/bindings-node/node_modules/fast-check"
ln -s "$(cd ../core && pwd)" "$folder/core"
cd "$folder/bindings-node"
node --input-type=module -e '
    import "hookseal";
    import { createRequire } from "node:module";
    const loaded = Object.keys(createRequire(import.meta.url).cache ?? {});
    if (!loaded.some((it) => it.endsWith("dist/native.cjs"))) throw new Error("not in WebAssembly");
'
node --test --test-concurrency=1 test/{arguments,memory,properties,sign,vectors}.test.mjs
