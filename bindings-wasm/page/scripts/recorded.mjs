// One genuine delivery of every provider, out of the test vectors: what the page's examples start
// from.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { pathOf } from "./paths.mjs";

const VECTORS = pathOf("../../../core/vectors");

/** Seconds up to which a time is one that a person meets. */
const MOST_SECONDS = 4e9;

export function recorded() {
  const best = new Map();
  for (const folder of [VECTORS, join(VECTORS, "generated")]) {
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith(".json")) continue;
      const { scheme, tests } = JSON.parse(readFileSync(join(folder, name), "utf8"));
      const found = tests.filter(isPlain).sort((one, other) => weight(one) - weight(other))[0];
      const before = best.get(scheme);
      if (found && (before === undefined || weight(found) < weight(before)))
        best.set(scheme, found);
    }
  }
  return [...best].map(([scheme, test]) => exampleOf(scheme, test));
}

function isPlain(test) {
  return test.expect === "verified" && test.body !== undefined && test.now < MOST_SECONDS;
}

// The lighter, the better an example: one secret of good length, a body that is not bare.
function weight(test) {
  const { body, secrets } = test;
  let weight = test.id;
  if (secrets.length > 1) weight += 1000;
  if (test.allow_weak_secret) weight += 500;
  if (/[^\x20-\x7e]/.test(body) || body.length < 40) weight += 200;
  if (body.startsWith("{") && body !== stable(body)) weight += 100;
  if (body.length > 2000) weight += 400;
  return weight;
}

function stable(body) {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function exampleOf(provider, test) {
  const { method, url, headers, body, now, event_id: eventId } = test;
  const weak = test.allow_weak_secret === true ? true : undefined;
  const secret = test.secrets[test.secret_index ?? 0];
  return { provider, secret, method, url, headers, body, now, eventId, weak };
}
