"use strict";

// Secrets for tests, spelled as each provider spells its own.

const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");

const { SchemeError } = require("../errors.cjs");
const { schemeOf } = require("../scheme.cjs");

// Key pairs that everyone knows: the private one, which signs, and the public one.
const PAIRS = {
  // RFC 8032, section 7.1, test 1.
  ed25519: [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  ],
  // RFC 6979, appendix A.2.5.
  "ecdsa-p256-sha256": [
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" +
      "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
  ],
};

function secretFor(provider) {
  return pairFor(schemeOf(provider)).held;
}

// What the sender signs with, and what the receiver holds.
function pairFor(scheme) {
  const row = scheme.toJSON();
  const key = typeof row.key === "object" ? row.key : { format: row.key };
  if (key.format === "public-key") return keyPair(scheme, key);
  const secret = spelled(`test_secret_of_${scheme.name}`.padEnd(16, "_"), key);
  const whole = row.key_id === undefined ? secret : `test${row.key_id}${secret}`;
  return { signs: whole, held: whole };
}

function spelled(text, { format, prefix = "" }) {
  const hash = createHash("sha256").update(text);
  if (format === "hex") return hash.digest("hex");
  return format === "base64" ? `${prefix}${hash.digest("base64")}` : text;
}

function keyPair({ name, algorithm }, { prefix, private_prefix: privatePrefix = "" }) {
  if (!Object.hasOwn(PAIRS, algorithm)) {
    const told = `deliveries of ${name} can be verified, but not signed`;
    throw new SchemeError("cannot_sign", told);
  }
  // Behind a prefix, keys are in base64.
  const encoding = prefix === undefined ? "hex" : "base64";
  const [signs, held] = PAIRS[algorithm].map((hex) => Buffer.from(hex, "hex").toString(encoding));
  return { signs: `${privatePrefix}${signs}`, held: `${prefix ?? ""}${held}` };
}

module.exports = { pairFor, secretFor };
