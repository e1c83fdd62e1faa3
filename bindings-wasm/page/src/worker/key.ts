// How a secret becomes a key, told step by step.

import { fromBase64, fromHex, joined, size, utf8, type Bytes } from "../shared/bytes.js";
import { valueOf } from "../shared/find.js";
import type { Held, KeyMade } from "../shared/protocol.js";
import type { Row } from "../shared/row.js";

/** The key of a MAC; undefined where the secret is no such, or is not spelled as it must be. */
export async function keyOf(secret: string, held: Held, row: Row): Promise<KeyMade | undefined> {
  const given = `the secret as it was given: ${size(utf8(secret).length)}`;
  const { prefix = "", format } = row.key;
  const half = halves(secret, row)[1];
  const drops = prefix !== "" && half.startsWith(prefix);
  const bare = drops ? half.slice(prefix.length) : half;
  const steps = [given];
  if (half !== secret) steps.push(`only what stands after the first ${row.key_id}`);
  if (drops) steps.push(`without its prefix ${prefix}`);
  const bytes = await decoded(bare, format, held, row);
  if (bytes === undefined) return undefined;
  const how = HOW[format];
  return {
    steps: [...steps, `${how ?? "used as it is"}: a key of ${size(bytes.length)}`],
    length: bytes.length,
    bytes,
  };
}

/** The public half of a secret, with its mark, and the other half. */
export function halves(secret: string, row: Row): [id: string, key: string] {
  const at = row.key_id === undefined ? -1 : secret.indexOf(row.key_id);
  return [secret.slice(0, at + 1), secret.slice(at + 1)];
}

const HOW: Record<string, string> = {
  text: "its bytes as they are",
  hex: "decoded from hex",
  base64: "decoded from base64",
  sha1: "hashed by SHA-1",
  "after-timestamp": "put after the text of the delivery's time",
};

async function decoded(
  bare: string,
  format: string,
  held: Held,
  row: Row,
): Promise<Bytes | undefined> {
  switch (format) {
    case "text":
      return utf8(bare);
    case "hex":
      return fromHex(bare);
    case "base64":
      return fromBase64(bare);
    case "sha1":
      return new Uint8Array(await crypto.subtle.digest("SHA-1", utf8(bare)));
    case "after-timestamp": {
      const time = row.timestamp && valueOf(row.timestamp, held, row);
      return time && joined([time, utf8(bare)]);
    }
    default:
      return undefined;
  }
}
