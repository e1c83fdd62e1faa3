"use strict";

// As `module-node.mjs`, for CommonJS.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

module.exports = new WebAssembly.Module(readFileSync(join(__dirname, HOOKSEAL_FILE)));
