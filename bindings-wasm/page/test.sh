#!/usr/bin/env bash
# Builds the page, and tests it in Chromium: /usr/bin/chromium, or that of CHROMIUM.
set -euo pipefail
cd "$(dirname "$0")"
./build
# One file after the other: each has a browser of its own.
node --test --test-concurrency=1 test/*.test.mjs
