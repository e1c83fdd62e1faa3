// For the proof in proofs/claims: the process kills itself at a named point, by a chance.
// `PAYMENTS_DIE` is a list as `claimed=0.05,paid=0.05`; each death is noted in `PAYMENTS_DEATHS`.

import { appendFileSync } from "node:fs";

const { PAYMENTS_DIE = "", PAYMENTS_DEATHS } = process.env;
const chances = new Map(PAYMENTS_DIE.split(",").map((one) => one.split("=")));

export function crashAt(point) {
  if (Math.random() >= Number(chances.get(point) ?? 0)) return;
  appendFileSync(PAYMENTS_DEATHS, `${point}\n`);
  process.kill(process.pid, "SIGKILL");
}
