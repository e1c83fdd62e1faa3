// `sign` against the HMAC of Node.

import assert from "node:assert/strict";
import { test } from "node:test";

import { SigningError, Verifier, providers, sign, verify } from "hookseal";

import { Reading, Unread, eventIdOf, genuine, rowsOf } from "./reading.mjs";
import vectors from "./vectors.cjs";

// Rows that the reading below understands; more words, more rows.
const CHECKED = 202;

const rows = rowsOf(providers);
const options = { dangerWeakSecret: true };

function signAgain(name, vector) {
  const secret = vector.secrets[vector.secret_index];
  const eventId = eventIdOf(rows.get(name), vector);
  return sign(name, secret, { ...vectors.requestOf(vector), eventId }, options);
}

test("sign makes the tag that Node's HMAC makes", () => {
  let checked = 0;
  const unread = [];
  for (const [name, row] of rows) {
    if (!(row.algorithm ?? "hmac-sha256").startsWith("hmac-")) continue;
    row.algorithm ??= "hmac-sha256";
    const [vector] = genuine.get(name);
    const { headers, signature } = signAgain(name, vector);
    try {
      assert.equal(signature, new Reading(row, vector, headers).tag(), name);
      checked += 1;
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      unread.push(`${name}: ${error.message}`);
    }
  }
  assert.ok(checked >= CHECKED, `${checked} checked; not read: ${unread.join(", ")}`);
});

test("a reading with another key makes another tag", () => {
  const [vector] = genuine.get("github");
  const { headers, signature } = signAgain("github", vector);
  const other = { ...vector, secrets: ["another secret, which nobody has"] };
  assert.notEqual(
    new Reading({ ...rows.get("github"), algorithm: "hmac-sha256" }, other, headers).tag(),
    signature,
  );
});

test("what is signed verifies, and not with another body", () => {
  const now = 1_700_000_000;
  for (const name of ["stripe", "github", "standard-webhooks", "slack", "shopify"]) {
    const secret =
      name === "standard-webhooks"
        ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        : "a secret of at least 16 bytes";
    const body = Buffer.from('{"id":"evt_1"}');
    const { headers } = sign(name, secret, { body, eventId: "msg_1", now });
    assert.equal(verify(name, secret, { body, headers, now }).scheme, name);
    assert.deepEqual(
      new Verifier(name, secret).sign({ body, eventId: "msg_1", now }).headers,
      headers,
    );
    const other = { body: Buffer.from("{}"), headers, now };
    assert.throws(() => verify(name, secret, other), { code: "signature_mismatch", status: 401 });
  }
});

test("what is missing is told", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const unsigned = () => sign("standard-webhooks", secret, { body: Buffer.from("{}") });
  assert.throws(unsigned, SigningError);
  assert.throws(unsigned, { code: "missing_event_id", name: "SigningError" });
});
