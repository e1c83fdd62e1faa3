// The CommonJS modules, so that a class is one class however it is imported.
import claims from "./index.cjs";

export const {
  InboxWorker,
  MemoryClaims,
  PostgresClaims,
  PostgresInbox,
  RedisClaims,
  SqliteClaims,
  SqliteInbox,
  StoreFullError,
  StoreUnavailableError,
  runOf,
} = claims;
