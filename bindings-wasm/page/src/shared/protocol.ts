// What the page asks its worker, and what it is told.

import type { Bound, Explanation, Finding, Framework } from "hookseal";

import type { Bytes } from "./bytes.js";
import type { Row } from "./row.js";

export type Header = readonly [name: string, value: string];

/** A request as somebody has it. */
export interface Held {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: readonly Header[];
  readonly body: Bytes;
}

/** The time by which a delivery is judged: its own, the clock's, or seconds that were typed. */
export type Now = "delivery" | "clock" | number;

/** A delivery of which somebody asks why it is refused. */
export interface Question extends Held {
  /** A provider's name; or with `toml` a scheme of one's own. */
  readonly provider: string;
  readonly toml?: string | undefined;
  readonly secret: string;
  readonly otherSecrets: readonly string[];
  readonly now: Now;
  readonly framework?: Framework | undefined;
  readonly tolerance?: number | undefined;
  readonly weak: boolean;
  /** What of the secret's own is to be shown. */
  readonly reveal: { readonly expected: boolean; readonly key: boolean };
}

/** From where bytes come: the colour that they have everywhere. */
export type Role =
  "signature" | "timestamp" | "event" | "body" | "url" | "header" | "secret" | "literal" | "none";

/** A piece of a text, and what it is. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** A header that the scheme reads, taken apart. */
export interface Parted {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** A part of the signed bytes. */
export interface Part {
  readonly name: string;
  readonly role: Role;
  readonly length: number;
  /** Where it stands in the request, in words. */
  readonly from: string;
  /** Its first bytes and its last; undefined where the page cannot show them. */
  readonly head?: Bytes | undefined;
  readonly tail?: Bytes | undefined;
}

export interface KeyMade {
  /** How the secret becomes the key, step by step, with lengths. */
  readonly steps: readonly string[];
  readonly length: number;
  readonly bytes?: Bytes | undefined;
}

/** HMAC, drawn. What is made of the key is there only where it was asked for. */
export interface Drawn {
  readonly hash: string;
  readonly block: number;
  readonly keyLength: number;
  readonly wasHashed: boolean;
  readonly messageLength: number;
  readonly messageHead: Bytes;
  readonly secretBytes?: DrawnBytes | undefined;
  readonly tagLength: number;
  /** Whether the tag is the one that the core makes. */
  readonly agrees: boolean;
}

export interface DrawnBytes {
  readonly padded: Bytes;
  readonly inner: Bytes;
  readonly innerHash: Bytes;
  readonly outer: Bytes;
  readonly tag: Bytes;
  readonly spelled: string;
}

export interface Compared {
  readonly received: readonly string[];
  /** The signature that would verify: only where it was asked for. */
  readonly expected?: string | undefined;
  readonly canShow: boolean;
}

export interface Timed {
  readonly sentAt?: number | undefined;
  readonly now: number;
  readonly clock: number;
  readonly past: number;
  readonly future: number;
  /** The verdict by the clock, where it is another than the one that is shown. */
  readonly byClock?: { readonly verdict: string; readonly message: string } | undefined;
}

/** What is read of a delivery that verified. */
export interface Taken {
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
}

/** All that the page shows of one delivery. */
export interface Analysis {
  readonly kind: "analysis";
  /** Without a secret only what comes before the signature can be judged. */
  readonly needsSecret: boolean;
  readonly explanation: Explanation & { readonly expected: undefined };
  readonly row: Row;
  readonly bound: Bound;
  readonly findings: readonly Finding[];
  readonly source: string;
  readonly toml: string;
  readonly headers: readonly Parted[];
  readonly parts: readonly Part[];
  readonly isContentWhole: boolean;
  readonly key: KeyMade | undefined;
  readonly drawn: Drawn | undefined;
  readonly compared: Compared;
  readonly timed: Timed;
  readonly taken: Taken | undefined;
  readonly answer: { readonly status: number; readonly body: string } | undefined;
}

/** What was asked cannot be judged: a scheme that does not hold together, a request unread. */
export interface Trouble {
  readonly kind: "trouble";
  readonly code: string;
  readonly message: string;
}

export interface ExampleRequest {
  readonly provider: string;
  readonly fault: string;
}

/** A delivery made on the spot, and what the page will say of it. */
export interface Example extends Held {
  readonly provider: string;
  readonly secret: string;
  readonly otherSecrets: readonly string[];
  readonly now: Now;
  readonly weak: boolean;
  /** Whether it was signed just now, or is a recorded one. */
  readonly isFresh: boolean;
  readonly promise: { readonly verdict: string; readonly cause?: string | undefined };
}

export interface ProviderFacts {
  readonly name: string;
  readonly algorithm: string;
  readonly faults: readonly string[];
}

export type Ask =
  | { readonly ask: "providers" }
  | { readonly ask: "analyse"; readonly question: Question }
  | { readonly ask: "read"; readonly captured: Bytes }
  | { readonly ask: "detect"; readonly headers: readonly Header[] }
  | { readonly ask: "example"; readonly example: ExampleRequest };

export interface Answers {
  readonly providers: readonly ProviderFacts[];
  readonly analyse: Analysis | Trouble;
  readonly read: Held | Trouble;
  readonly detect: readonly string[];
  readonly example: Example;
}
