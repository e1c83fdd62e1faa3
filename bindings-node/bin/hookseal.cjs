#!/usr/bin/env node
"use strict";

const { main } = require("../lib/command/main.cjs");
const { watchOutput } = require("../lib/command/output.cjs");

watchOutput();
const status = main(process.argv.slice(2));
if (typeof status === "number") process.exitCode = status;
else status.then((it) => (process.exitCode ??= it));
