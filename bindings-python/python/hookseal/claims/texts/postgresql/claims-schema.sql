-- One row for each delivery that is being handled or was handled. Times are of the store's clock.
CREATE TABLE IF NOT EXISTS hookseal_claims (
    key bytea PRIMARY KEY,            -- the replay key: 32 bytes
    digest bytea,                     -- SHA-256 of the body; NULL: bodies are not compared
    fence bigint NOT NULL,            -- rises with each run, so that an old one is known
    is_done boolean NOT NULL,
    lease_until timestamptz NOT NULL, -- until then nobody else may run it
    keep_until timestamptz NOT NULL   -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_claims_keep_until ON hookseal_claims (keep_until);
