#!/usr/bin/env bash
# Builds the package: `hookseal.wasm` with every HMAC row, and `all.wasm` with the public-key
# signatures too.
set -euo pipefail
cd "$(dirname "$0")"

# Installs what the lock file says, once.
if ! cmp -s package-lock.json node_modules/installed.json; then
    npm ci --loglevel=error
    cp package-lock.json node_modules/installed.json
fi

target="${CARGO_TARGET_DIR:-$PWD/target}"
glue="$target/glue"

source flags.sh

cargo build --quiet --release --locked --manifest-path build-tool/Cargo.toml \
    --target-dir "$target/build-tool"

rm -rf dist types
cp -r ../bindings-node/types types

# NAME [FEATURE]: builds, makes the glue, makes it small, and puts it together.
module() {
    local name=$1 more=(${2:+--features "$2"})
    wasm_build --target-dir "$target" "${more[@]}"
    "$target/build-tool/release/hookseal-wasm-build" \
        "$target/wasm32-unknown-unknown/release/hookseal_wasm.wasm" "$glue" "$name"
    wasm_shrink "$glue/${name}_bg.wasm" "$glue/$name.wasm"
    node scripts/bundle.mjs "$glue/$name.js" "$glue/$name.wasm" "$name"
}

module hookseal
module all asymmetric
