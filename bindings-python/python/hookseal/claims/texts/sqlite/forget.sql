-- Deletes what need not be known any longer, so many at a time.
DELETE FROM hookseal_claims
WHERE key IN (
    SELECT key FROM hookseal_claims
    WHERE keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    LIMIT :most
);
