// Answers one JSON line for each on stdin, with the SDKs of sdks.mjs.
//
//   {op: "sdks"}                       → {row: [package, version, whether it signs], …}
//   {op: "verify", row, clock_ms, …}   → {accepted: boolean, why}
//   {op: "sign", row, clock_ms, …}     → {headers}, or {accepted: false, why}
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const RealDate = Date;
let clock;

/** The clock that SDKs read, where the harness has set one. */
globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    super(...(given.length || clock === undefined ? given : [clock]));
  }
  static now() {
    return clock ?? RealDate.now();
  }
};
for (const loud of ["log", "warn", "error", "info", "debug"]) console[loud] = () => {};

const { SDKS } = await import("./sdks.mjs");

const version = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))).version;

const answer = async (line) => {
  const call = JSON.parse(line);
  if (call.op === "sdks") {
    return Object.fromEntries(Object.entries(SDKS).map(([row, sdk]) => [row, [sdk.package, version(sdk.package), Boolean(sdk.sign)]]));
  }
  const sdk = SDKS[call.row];
  clock = call.clock_ms;
  call.body = Buffer.from(call.body, "base64");
  call.text = call.body.toString("utf8");
  try {
    if (call.op === "sign") return { headers: await sdk.sign(call) };
    const accepted = Boolean(await sdk.verify(call));
    return { accepted, why: accepted ? "" : "false" };
  } catch (error) {
    return { accepted: false, why: `${error?.name}: ${error?.message}` };
  }
};

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
process.exit(0);
