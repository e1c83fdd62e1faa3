-- One row for each delivery that is being handled or was handled. Times are milliseconds of the
-- host's clock.
CREATE TABLE IF NOT EXISTS hookseal_claims (
    key BLOB PRIMARY KEY,         -- the replay key: 32 bytes
    digest BLOB,                  -- SHA-256 of the body; NULL: bodies are not compared
    fence INTEGER NOT NULL,       -- rises with each run, so that an old one is known
    is_done INTEGER NOT NULL,
    lease_until INTEGER NOT NULL, -- until then nobody else may run it
    keep_until INTEGER NOT NULL   -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_claims_keep_until ON hookseal_claims (keep_until);
