// The stores.

import type { Delivery, ReceiverCode } from "../index.js";
import type {
  DrizzlePostgresLike,
  DrizzleSqliteLike,
  KnexLike,
  PostgresLike,
  RedisLike,
  SqliteLike,
} from "./clients.js";
import type { Claim, ClaimWithin, Handled, OnOutcome, Run } from "./outcomes.js";

/** How claims are made. */
export interface ClaimsOptions {
  /** Your own: an endpoint, a tenant. Deliveries of different scopes are different. */
  readonly scope?: string | Uint8Array | undefined;
  /**
   * For how many seconds a run has a delivery, on the store's clock: 60, unless this says otherwise.
   * Longer than your longest handler. A worker that dies keeps it for so long.
   */
  readonly lease?: number | undefined;
  /** For how many seconds it is known that a delivery was handled: 7 days. */
  readonly keep?: number | undefined;
  readonly onOutcome?: OnOutcome | undefined;
}

/** How `handle` goes about it. */
export interface HandleOptions<Value> {
  /** Whether by what it gave the handler has failed, though it did not throw. */
  readonly isFailed?: ((value: Value) => boolean) | undefined;
  /** In place of that of the claims. */
  readonly onOutcome?: OnOutcome | undefined;
}

/** What all stores of claims have in common. */
declare abstract class Claims {
  /** In seconds. */
  readonly lease: number;
  /** In seconds. */
  readonly keep: number;
  /**
   * Makes the table, where the store has tables and it is not there: `schema()` is for migrations of
   * your own. Gives the claims.
   */
  setup(): Promise<this>;
  /**
   * Claims a delivery. To complete or to release it is up to you: `handle` does it.
   *
   * @throws {StoreUnavailableError} The store cannot be asked: answer 503.
   * @throws {StoreFullError} It takes no more: answer 503.
   * @throws {TypeError} It is not a `Delivery` that `verify` has made.
   */
  claim(delivery: Delivery): Promise<Claim>;
  /**
   * Claims a delivery, runs the handler where nobody else does or did, and completes it, or releases
   * it where the handler fails.
   *
   * ```ts
   * const handled = await claims.handle(delivery, (delivery) => book(delivery.json()));
   * if (handled.outcome !== "run") response.writeHead(handled.status, handled.headers);
   * ```
   *
   * @throws What the handler throws; and as `claim`.
   */
  handle<Value>(
    delivery: Delivery,
    handler: (delivery: Delivery) => Value,
    options?: HandleOptions<Awaited<Value>>,
  ): Promise<Handled<Awaited<Value>>>;
  /**
   * Deletes what need not be known any longer, at most so many (1,000): gives how many it was. Claims
   * do it by themselves, now and then.
   */
  forget(most?: number): Promise<number>;
}

export type { Claims };

/**
 * In memory: for one process, and for tests. A restart forgets all; at the cap (100,000 keys) new
 * deliveries are refused, and none that is known is dropped.
 */
export declare class MemoryClaims extends Claims {
  constructor(
    options?: ClaimsOptions & {
      /** The most keys that are held. */
      readonly cap?: number | undefined;
      /** The clock: Unix time in seconds, or a `Date`. */
      readonly now?: (() => number | Date) | undefined;
    },
  );
}

/** In SQLite, on one host: a database of better-sqlite3, or of node:sqlite. */
export declare class SqliteClaims extends Claims {
  constructor(database: SqliteLike, options?: ClaimsOptions);
  /** The SQL that makes the table. */
  schema(): string;
  /**
   * Claims a delivery in your own transaction: what you write in it, and that the delivery is done,
   * is committed together or not at all. Where the database answers at once, so does this.
   *
   * @throws {StoreUnavailableError} Roll back, and answer 503.
   */
  claimWithin(transaction: KnexLike, delivery: Delivery): Promise<ClaimWithin>;
  claimWithin(transaction: SqliteLike | DrizzleSqliteLike, delivery: Delivery): ClaimWithin;
}

/** In PostgreSQL: a `Pool` or a `Client` of pg. */
export declare class PostgresClaims extends Claims {
  constructor(client: PostgresLike, options?: ClaimsOptions);
  /** The SQL that makes the table. */
  schema(): string;
  /**
   * Claims a delivery in your own transaction: what you write in it, and that the delivery is done,
   * is committed together or not at all.
   *
   * ```ts
   * await client.query("BEGIN");
   * const claim = await claims.claimWithin(client, delivery);
   * if (claim.outcome === "run") await client.query("INSERT INTO payments …");
   * await client.query("COMMIT");
   * ```
   *
   * @throws {StoreUnavailableError} Roll back, and answer 503: also where the isolation level does
   *   not let two transactions claim the same.
   */
  claimWithin(
    transaction: PostgresLike | KnexLike | DrizzlePostgresLike,
    delivery: Delivery,
  ): Promise<ClaimWithin>;
}

/**
 * In Redis or Valkey: a client of ioredis, or of redis. What they have answered they can forget: at a
 * fail-over, and in the last second before a crash. For money take an SQL store.
 */
export declare class RedisClaims extends Claims {
  constructor(
    client: RedisLike,
    options?: ClaimsOptions & {
      /** Stands before the 32 bytes of a key; `"hookseal:"`, unless this says otherwise. */
      readonly prefix?: string | undefined;
    },
  );
}

/** The run of a delivery that is being handled: to extend its lease, to read its fence. */
export declare function runOf(delivery: Delivery): Run | undefined;

/** The store cannot be asked. The error of its client is the `cause`. */
export declare class StoreUnavailableError extends Error {
  private constructor();
  readonly name: "StoreUnavailableError";
  readonly code: Extract<ReceiverCode, "store_unavailable">;
  readonly status: 503;
  readonly headers: Readonly<Record<string, string>>;
}

/** The store takes no more. */
export declare class StoreFullError extends Error {
  private constructor();
  readonly name: "StoreFullError";
  readonly code: Extract<ReceiverCode, "store_full">;
  readonly status: 503;
  readonly headers: Readonly<Record<string, string>>;
}
