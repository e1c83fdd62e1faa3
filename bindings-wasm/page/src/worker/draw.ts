// HMAC, step by step, over the bytes of this delivery. The hashes are WebCrypto's; the result is
// held against the core's.

import { base64, base64url, hex, joined, utf8, type Bytes } from "../shared/bytes.js";
import type { Drawn } from "../shared/protocol.js";

const HASHES: Record<string, { name: string; block: number }> = {
  "hmac-sha256": { name: "SHA-256", block: 64 },
  "hmac-sha1": { name: "SHA-1", block: 64 },
  "hmac-sha384": { name: "SHA-384", block: 128 },
  "hmac-sha512": { name: "SHA-512", block: 128 },
};

const INNER = 0x36;
const OUTER = 0x5c;
const HEAD = 64;

export interface ToDraw {
  readonly algorithm: string;
  readonly encoding: string;
  readonly key: Bytes;
  readonly message: readonly Bytes[];
  /** The signatures by which the drawn one is checked: the core's own, or one that verified. */
  readonly known: readonly string[];
  readonly reveals: boolean;
}

/** The steps; undefined where the algorithm is none that WebCrypto has the hash of. */
export async function draw(it: ToDraw): Promise<Drawn | undefined> {
  const hash = HASHES[it.algorithm];
  if (hash === undefined) return undefined;
  const digest = async (bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.digest(hash.name, bytes));
  const wasHashed = it.key.length > hash.block;
  const short = wasHashed ? await digest(it.key) : it.key;
  const padded = joined([short, new Uint8Array(hash.block - short.length)]);
  const inner = padded.map((byte) => byte ^ INNER);
  const outer = padded.map((byte) => byte ^ OUTER);
  const innerHash = await digest(joined([inner, ...it.message]));
  const tag = await digest(joined([outer, innerHash]));
  const spelled = spell(tag, it.encoding);
  const made = { padded, inner, innerHash, outer, tag, spelled: spelled[0] ?? "" };
  return {
    hash: hash.name,
    block: hash.block,
    keyLength: it.key.length,
    wasHashed,
    messageLength: it.message.reduce((sum, part) => sum + part.length, 0),
    messageHead: joined(it.message.map((part) => part.subarray(0, HEAD))).slice(0, HEAD),
    tagLength: tag.length,
    agrees: spelled.some((one) => it.known.includes(one)),
    secretBytes: it.reveals ? made : undefined,
  };
}

/** A tag as a scheme spells it: where either of two is met, both. */
function spell(tag: Bytes, encoding: string): string[] {
  switch (encoding) {
    case "base64":
      return [base64(tag)];
    case "base64url":
    case "jws":
      return [base64url(tag)];
    case "base64url-padded":
      return [base64(tag).replaceAll("+", "-").replaceAll("/", "_")];
    case "base64-of-hex":
      return [base64(utf8(hex(tag)))];
    case "hex-or-base64":
      return [hex(tag), base64(tag)];
    case "hex-any-case":
      return [hex(tag), hex(tag).toUpperCase()];
    default:
      return [hex(tag)];
  }
}
