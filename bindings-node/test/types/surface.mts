// Compiled, not run: what the types allow, and what they refuse.

import type { IncomingMessage } from "node:http";

import {
  BodyUnsignedError,
  Delivery,
  Scheme,
  SchemeError,
  SecretError,
  VerificationError,
  Verifier,
  detect,
  explain,
  handshake,
  providers,
  sign,
  verify,
  type Bound,
  type CauseCode,
  type DeliveryCode,
  type Explanation,
  type InnerKey,
  type PlaceFacts,
  type Provider,
  type SchemeFacts,
  type SchemeKey,
} from "hookseal";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined {
  return undefined;
}

declare const request: Request;
declare const incoming: IncomingMessage;
declare const body: Uint8Array;

const verifier = new Verifier("stripe", ["one secret", body], { tolerance: 300 });
const delivery = verifier.verify({ body: await request.arrayBuffer(), headers: request.headers });
verifier.verify({ body: Buffer.from("a"), headers: incoming.headers, url: "https://a.example/" });
verifier.verify({ body, headers: incoming.rawHeaders, now: new Date() });
verifier.verify({ body, headers: [["a", "b"]] as const, now: 1_700_000_000, method: "POST" });
verifier.verify({ bodyText: "a", headers: new Map([["a", "b"]]) });
verify("github", "secret", { body, headers: {} }, { dangerWeakSecret: true });

is<Same<typeof delivery, Delivery>>();
is<Same<typeof delivery.eventId, string | undefined>>();
is<Same<typeof delivery.sentAt, Date | undefined>>();
is<Same<typeof delivery.bound, Bound>>();
is<Same<ReturnType<typeof delivery.json>, unknown>>();
is<Same<Explanation["causes"][number]["code"], CauseCode>>();
is<Same<ReturnType<typeof detect>, Provider[]>>();
new Response(delivery.body);

// @ts-expect-error there is no such provider
new Verifier("strype", "secret");
// @ts-expect-error there is no such option
new Verifier("stripe", "secret", { tolerence: 300 });
// @ts-expect-error a number is no secret
new Verifier("stripe", 1);
// @ts-expect-error an environment variable may be unset
new Verifier("stripe", process.env["STRIPE_SECRET"]);
// @ts-expect-error text is no body
verifier.verify({ body: "a", headers: {} });
// @ts-expect-error a parsed body is no body
verifier.verify({ body: { id: 1 }, headers: {} });
// @ts-expect-error one of them
verifier.verify({ body, bodyText: "a", headers: {} });
// @ts-expect-error headers are needed
verifier.verify({ body });
// @ts-expect-error a header's value is text
verifier.verify({ body, headers: { a: 1 } });
// @ts-expect-error time is no text
verifier.verify({ body, headers: {}, now: "now" });
// @ts-expect-error only verify makes one
new Delivery();
// @ts-expect-error a delivery does not change
delivery.eventId = "a";

function log(error: unknown): number {
  if (error instanceof VerificationError) {
    const code: DeliveryCode = error.code;
    is<Same<typeof error.status, 401 | 413>>();
    switch (code) {
      case "signature_mismatch":
        return error.status;
      // @ts-expect-error there is no such code
      case "signature_mismatched":
    }
  }
  if (error instanceof SecretError && error.code === "weak_secret") return 1;
  if (error instanceof SchemeError) return error.key.length;
  return error instanceof BodyUnsignedError ? 2 : 3;
}
log(undefined);

const facts: SchemeFacts = {
  name: "acme",
  signature: { header: "acme-signature", split: ",", prefix: "v1=" },
  timestamp: { header: "acme-signature", split: ",", prefix: "t=", clock: "seconds" },
  eventId: { json: "id", names: "event" },
  key: { format: "base64", prefix: "whsec_" },
  checks: [{ header: "x-hash", equals: "{body|sha256|hex}", when: "always" }],
};
new Verifier(facts, "secret");
new Verifier(new Scheme({ name: "a", base: "stripe", timestamp: "none" }), "secret");
// @ts-expect-error there is no such word
new Scheme({ name: "a", signature: { header: "x" }, encoding: "hexadecimal" });
// @ts-expect-error there is no such key
new Scheme({ name: "a", signature: { header: "x" }, event_id: "none" });
// @ts-expect-error a value has a place
new Scheme({ name: "a", signature: { prefix: "x" } });

// The keys are those of the core.
type Camel<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Key;
type Members<T> = T extends unknown ? keyof T : never;
type Tables =
  | Exclude<NonNullable<SchemeFacts[keyof SchemeFacts]>, string | readonly unknown[]>
  | NonNullable<SchemeFacts["checks"]>[number];
is<Same<keyof SchemeFacts, Camel<SchemeKey>>>();
is<Same<Exclude<Members<Tables>, Members<PlaceFacts>>, Camel<InnerKey>>>();

const scheme = providers().find((it) => it.name === "stripe");
if (scheme?.algorithm === "hmac-sha256") scheme.lint().map((it) => it.severity === "weak");
const answer = handshake(verifier, {
  body,
  headers: request.headers,
  method: "GET",
  expected: "a",
});
if (answer !== undefined) new Response(answer.body, answer);
// @ts-expect-error the method is needed
handshake(verifier, { body, headers: {} });
fetch("https://a.example/", {
  method: "POST",
  body: new Uint8Array(body),
  headers: sign("stripe", "secret", { body }).headers,
});
explain("stripe", "secret", {
  body,
  headers: {},
  otherSecrets: ["a"],
  framework: "express",
}).report.trim();
