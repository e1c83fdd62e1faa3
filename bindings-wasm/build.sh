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

# What Rust's own target has, and every browser since 2022.
features=(--enable-bulk-memory --enable-reference-types --enable-multivalue
    --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int)

# The standard library is built with the package: for size, and without what a panic would say,
# which nobody reads here. That takes the component `rust-src`, and options of the compiler that are
# not stable yet; the compiler itself is the stable one.
small=(-Zunstable-options -Cpanic=immediate-abort)
# An address is then a byte shorter. No call goes as deep as that.
small+=(-Clink-arg=-zstack-size=524288)
std=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)

cargo build --quiet --release --locked --manifest-path build-tool/Cargo.toml \
    --target-dir "$target/build-tool"

rm -rf dist types
cp -r ../bindings-node/types types

# NAME [FEATURE]: builds, makes the glue, makes it small, and puts it together.
module() {
    local name=$1 more=(${2:+--features "$2"})
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="${RUSTFLAGS:-} ${small[*]}" cargo build --quiet --release --locked \
        --target wasm32-unknown-unknown --target-dir "$target" "${std[@]}" "${more[@]}"
    "$target/build-tool/release/hookseal-wasm-build" \
        "$target/wasm32-unknown-unknown/release/hookseal_wasm.wasm" "$glue" "$name"
    node_modules/.bin/wasm-opt "${features[@]}" -Oz \
        "$glue/${name}_bg.wasm" -o "$glue/$name.wasm"
    node scripts/bundle.mjs "$glue/$name.js" "$glue/$name.wasm" "$name"
}

module hookseal
module all asymmetric
