#!/usr/bin/env node
"use strict";

const { main } = require("../lib/command/main.cjs");
const { watchOutput } = require("../lib/command/output.cjs");

watchOutput();
process.exitCode = main(process.argv.slice(2));
