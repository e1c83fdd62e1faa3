// Deliveries that are stored first, and run later.

import type { Delivery } from "../index.js";
import type { PostgresLike, SqliteLike } from "./clients.js";
import type { InboxState, OnOutcome, Put, Received } from "./outcomes.js";
import type { ClaimsOptions } from "./stores.js";

/** How an inbox is kept. */
export interface InboxOptions extends ClaimsOptions {
  /**
   * Takes deliveries whose signature does not cover all of the body. Out of the inbox nobody sees any
   * more which part was signed.
   */
  readonly dangerUnsignedBody?: boolean | undefined;
}

/** What is listed of an entry. */
export interface Listed {
  /** The replay key. */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly scheme: string;
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  readonly sentAt: Date | undefined;
  readonly receivedAt: Date;
  /** How often it was tried. */
  readonly tries: number;
  /** Of the last try that failed: the kind of its error. */
  readonly trouble: string | undefined;
}

/** A delivery that was taken out of an inbox, for as long as its lease lasts. */
export interface Entry extends Omit<Listed, "trouble"> {
  /** Rises with each run. */
  readonly fence: number;
  /** The raw body that was verified: a copy. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body as JSON. */
  json(): unknown;
  /** It is done, and its body deleted. Gives whether it was still yours. */
  finish(): Promise<boolean>;
  /** A whole lease from now. Gives whether it was still yours: where not, stop. */
  extend(): Promise<boolean>;
  /**
   * It has failed. Gives whether it was still yours.
   *
   * @param error Of which the kind is kept.
   * @param after In so many seconds it is run again; without it, it is kept for people.
   */
  fail(error?: unknown, after?: number): Promise<boolean>;
}

/** What inboxes have in common. */
declare abstract class Inbox {
  /** In seconds. */
  readonly lease: number;
  /** In seconds. */
  readonly keep: number;
  /** Makes the table, if it is not there. Gives the inbox. */
  setup(): Promise<this>;
  /** The SQL that makes the table. */
  schema(): string;
  /**
   * Stores a delivery, once.
   *
   * @throws {StoreUnavailableError} Answer 503.
   * @throws {BodyUnsignedError} See `dangerUnsignedBody`.
   * @throws {TypeError} It is not a `Delivery` that `verify` has made.
   */
  put(delivery: Delivery): Promise<Put>;
  /** The same, with the answer to it. */
  receive(
    delivery: Delivery,
    options?: { readonly onOutcome?: OnOutcome | undefined },
  ): Promise<Received>;
  /** Leases the entry that has waited longest; nothing where none is due. */
  take(): Promise<Entry | undefined>;
  /** The oldest entries in a state, at most so many (100). */
  list(state: InboxState, most?: number): Promise<Listed[]>;
  /** Those that have failed, and are kept for people. */
  failed(most?: number): Promise<Listed[]>;
  /** One that has failed waits again, with all its tries. Gives whether there was one. */
  again(key: Uint8Array | string): Promise<boolean>;
  /** Deletes what is done and need not be known any longer: gives how many it was. */
  forget(most?: number): Promise<number>;
}

export type { Inbox };

/** In PostgreSQL: a `Pool` or a `Client` of pg. */
export declare class PostgresInbox extends Inbox {
  constructor(client: PostgresLike, options?: InboxOptions);
}

/** In SQLite, on one host: a database of better-sqlite3, or of node:sqlite. */
export declare class SqliteInbox extends Inbox {
  constructor(database: SqliteLike, options?: InboxOptions);
}

/** How an inbox is worked off. */
export interface WorkerOptions {
  /** How often an entry is run before it is kept for people: 10 times. */
  readonly tries?: number | undefined;
  /** After how many seconds it is run again that has failed so many times. */
  readonly backOff?: ((tries: number) => number) | undefined;
  /** How many seconds there are between two looks into an empty inbox: 1. */
  readonly every?: number | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  readonly onOutcome?: OnOutcome | undefined;
}

/**
 * Runs what is in an inbox, one entry after the other. As many workers as you like, in as many
 * processes, do not get in each other's way.
 *
 * ```ts
 * const worker = new InboxWorker(inbox, (entry) => book(entry.json()));
 * worker.run();
 * process.once("SIGTERM", () => worker.stop());
 * ```
 */
export declare class InboxWorker {
  constructor(inbox: Inbox, handler: (entry: Entry) => unknown, options?: WorkerOptions);
  /** Runs until it is stopped. */
  run(): Promise<void>;
  /** Runs one entry: gives whether there was one. */
  runOnce(): Promise<boolean>;
  /** What is being run is finished before. */
  stop(): Promise<void>;
}
