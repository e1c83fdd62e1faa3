"use strict";

const { BEFORE, COMMANDS } = require("./flags.cjs");
const { folded } = require("./output.cjs");

const STATUS =
  "Exit status: 0 verified, 1 refused, 2 wrong usage, secret or input. A secret is never printed.";

// Of one command, or of all.
function helpOf(command) {
  if (command === undefined) return general();
  const { about, flags, takesName } = COMMANDS[command];
  return `${about}

Usage: hookseal ${command} [FLAGS]${named(takesName)}

${table(flags)}
${folded(STATUS, 0)}
`;
}

function named(takesName) {
  if (!takesName) return "";
  return takesName === true ? " [NAME]" : ` ${takesName}`;
}

function general() {
  const commands = Object.entries(COMMANDS).map(([name, { about }]) => row(name, about));
  return `Verify, explain and sign webhook deliveries

Usage: hookseal COMMAND [FLAGS]

${commands.join("")}
${table(BEFORE)}
${folded(STATUS, 0)}
`;
}

function table(flags) {
  const rows = Object.entries(flags).map(([name, { short, value, help }]) => {
    const names = `${short === undefined ? "" : `-${short}, `}--${name}`;
    return row(value === undefined ? names : `${names} ${value}`, help);
  });
  return rows.join("");
}

function row(label, text) {
  const isShort = label.length <= 10;
  const start = isShort ? `  ${label.padEnd(12)}` : `  ${label}\n${" ".repeat(14)}`;
  return `${start}${folded(text, 14)}\n`;
}

module.exports = { helpOf };
