// What becomes of a delivery.

import type { ReceiverCode } from "../names.js";

export type { About, OnOutcome } from "../receive/index.js";

/** A claim that is yours: run the handler. */
export interface Run {
  readonly outcome: "run";
  /** Rises with each run of a delivery. */
  readonly fence: number;
  /**
   * It is done: from now on a delivery of this key is not run. Gives whether it was still yours;
   * `false`: it took longer than the lease, and another run has taken over.
   *
   * @throws {StoreUnavailableError} It could not be noted.
   */
  complete(): Promise<boolean>;
  /** The lease ends, and the next delivery runs. Gives whether it was still yours. */
  release(): Promise<boolean>;
  /** A whole lease from now. Gives whether it was still yours: where not, stop. */
  extend(): Promise<boolean>;
}

/** It was handled before. */
export interface Done {
  readonly outcome: "done";
}

/** It is being handled right now. */
export interface Busy {
  readonly outcome: "busy";
  /** For how many seconds the other run has it, at most. */
  readonly retryAfter: number;
}

/** Another body came under the same event id before. */
export interface Conflict {
  readonly outcome: "conflict";
  /** Whether that one was handled. */
  readonly isDone: boolean;
}

/** What a claim comes to. */
export type Claim = Run | Done | Busy | Conflict;

/** What a claim in your own transaction comes to: the commit makes a run done. */
export type ClaimWithin = Pick<Run, "outcome" | "fence"> | Done | Busy | Conflict;

/** The answer to a delivery that is not run, without a body. */
export interface Unrun<Code extends ReceiverCode> {
  readonly code: Code;
  /** The HTTP status to answer with. */
  readonly status: number;
  /** Headers of the answer: `retry-after`, where one is due. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What `handle` comes to. */
export type Handled<Value> =
  | { readonly outcome: "run"; readonly value: Value }
  | { readonly outcome: "failed"; readonly value: Value }
  | (Done & Unrun<"already_handled">)
  | (Busy & Unrun<"being_handled">)
  | (Conflict & Unrun<"conflict" | "conflict_after_done">);

/** What a delivery comes to that is put into an inbox. */
export type Put =
  | { readonly outcome: "stored" }
  | { readonly outcome: "known"; readonly state: InboxState }
  | Conflict;

/** The same, with the answer to it. */
export type Received = Put & {
  readonly code: "already_handled" | "conflict" | "conflict_after_done" | undefined;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
};

/** What becomes of an entry. */
export type InboxState = "waiting" | "failed" | "done";
