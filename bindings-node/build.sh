#!/usr/bin/env bash
# Builds the native half for this machine, and puts it where the loader looks.
set -euo pipefail
cd "$(dirname "$0")"
target="${CARGO_TARGET_DIR:-$PWD/target}"
cargo build --quiet --release --locked --target-dir "$target"
library=$(node -p '({ darwin: "libhookseal_node.dylib", win32: "hookseal_node.dll" })[process.platform] ?? "libhookseal_node.so"')
cp "$target/release/$library" "$(node scripts/build-name.cjs)"
