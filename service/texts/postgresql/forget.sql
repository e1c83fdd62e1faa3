-- Deletes what need not be known any longer, so many at a time.
DELETE FROM hookseal_claims
WHERE key IN (
    SELECT key FROM hookseal_claims
    WHERE keep_until <= clock_timestamp()
    LIMIT CAST(:most AS bigint)
);
