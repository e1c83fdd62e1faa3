// What is taken of the clients of stores.

/** A `Pool` or a `Client` of pg. */
export interface PostgresLike {
  query: (text: string, values?: any[]) => Promise<any>;
}

/** A database of better-sqlite3, or of node:sqlite. */
export interface SqliteLike {
  prepare(sql: string): any;
  exec(sql: string): any;
}

/** A client of ioredis, or of redis. */
export type RedisLike =
  | { evalsha: (...given: any[]) => Promise<unknown>; eval: (...given: any[]) => Promise<unknown> }
  | { evalSha: (...given: any[]) => Promise<unknown>; eval: (...given: any[]) => Promise<unknown> };

/** A transaction of Knex. */
export interface KnexLike {
  raw: (sql: string, bindings: any[]) => PromiseLike<any>;
  readonly isTransaction?: boolean;
}

/** A transaction of Drizzle over PostgreSQL. */
export interface DrizzlePostgresLike {
  execute: (query: string) => PromiseLike<any>;
  rollback(): never;
}

/** A transaction of Drizzle over better-sqlite3. */
export interface DrizzleSqliteLike {
  all: (query: string) => any;
  rollback(): never;
}
