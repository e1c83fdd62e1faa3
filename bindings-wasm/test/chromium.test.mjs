// Every vector through both builds in Chromium, and `sign` against the browser's own HMAC.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import * as hookseal from "hookseal-wasm/all";

import { Reading, Unread, eventIdOf, genuine, rowsOf } from "../../bindings-node/test/reading.mjs";
import vectors from "../../bindings-node/test/vectors.cjs";
import { visit } from "./browser.mjs";
import { assertAll, assertOneWrong, files } from "./counts.mjs";
import { spoilt } from "./verdicts.mjs";

const folder = join(import.meta.dirname, "..");

// What WebCrypto has no hash for, or what the reading does not understand, is not checked.
const CHECKED = 195;

async function inPage([build, files]) {
  const { run } = await import("/test/verdicts.mjs");
  return run(await import(`/dist/${build}.mjs`), files);
}

for (const build of ["hookseal", "all"]) {
  test(`every vector has the right verdict in Chromium: ${build}`, async () => {
    const requested = await visit(folder, "/", async (page) => {
      assertAll(await page.evaluate(inPage, [build, files]), build);
      assertOneWrong(await page.evaluate(inPage, [build, spoilt(files)]));
    });
    assert.deepEqual(requested, ["/", "/test/verdicts.mjs", `/dist/${build}.mjs`]);
  });
}

const HASHES = { sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };

// What to sign for each row, and what of that is hashed under which key.
function tasks() {
  const found = [];
  for (const [name, row] of rowsOf(hookseal.providers)) {
    row.algorithm ??= "hmac-sha256";
    const hash = HASHES[row.algorithm.replace("hmac-", "")];
    const [vector] = genuine.get(name);
    if (hash === undefined) continue;
    const eventId = eventIdOf(row, vector);
    const secret = vector.secrets[vector.secret_index];
    const request = { ...vectors.requestOf(vector), eventId };
    const { headers } = hookseal.sign(name, secret, request, { dangerWeakSecret: true });
    try {
      const reading = new Reading(row, vector, headers);
      const [key, content] = [reading.key(), reading.content()].map((it) => [...it]);
      const { encoding = "hex" } = row;
      found.push({ name, secret, vector, eventId, hash, key, content, encoding });
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
    }
  }
  return found;
}

// Where the signature is not the tag that the browser makes.
async function againstWebCrypto(tasks) {
  const hookseal = await import("/dist/hookseal.mjs");
  const { requestOf } = await import("/test/verdicts.mjs");
  const spell = {
    hex: (tag) => Array.from(tag, (byte) => byte.toString(16).padStart(2, "0")).join(""),
    base64: (tag) => btoa(String.fromCharCode(...tag)),
    "base64url-padded": (tag) => spell.base64(tag).replaceAll("+", "-").replaceAll("/", "_"),
    base64url: (tag) => spell["base64url-padded"](tag).replaceAll("=", ""),
    "base64-of-hex": (tag) => btoa(spell.hex(tag)),
  };
  spell["hex-any-case"] = spell["hex-or-base64"] = spell.hex;
  const wrong = [];
  for (const { name, secret, vector, eventId, hash, key, content, encoding } of tasks) {
    const options = { dangerWeakSecret: true };
    const { signature } = hookseal.sign(name, secret, { ...requestOf(vector), eventId }, options);
    const made = { name: "HMAC", hash };
    const imported = await crypto.subtle.importKey("raw", new Uint8Array(key), made, false, ["sign"]);
    const tag = await crypto.subtle.sign("HMAC", imported, new Uint8Array(content));
    if (signature !== spell[encoding](new Uint8Array(tag))) wrong.push(name);
  }
  return wrong;
}

test("sign makes the tag that WebCrypto makes", async () => {
  const all = tasks();
  assert.ok(all.length >= CHECKED, `${all.length} rows`);
  await visit(folder, "/", async (page) => {
    assert.deepEqual(await page.evaluate(againstWebCrypto, all), []);
    const [first, ...others] = all;
    const other = { ...first, key: [1, ...first.key.slice(1)] };
    assert.deepEqual(await page.evaluate(againstWebCrypto, [other, ...others]), [first.name]);
  });
});
