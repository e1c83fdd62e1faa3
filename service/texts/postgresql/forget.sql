-- Deletes what need not be known any longer, so many at a time. A row that was claimed while this
-- waited for it is looked at again, and stays.
DELETE FROM hookseal_claims
WHERE key IN (
    SELECT key FROM hookseal_claims
    WHERE keep_until <= clock_timestamp()
    LIMIT CAST(:most AS bigint)
)
AND keep_until <= clock_timestamp();
