-- Deletes what need not be known any longer, so many at a time. What waits or has failed stays, and
-- so does a row that was put again while this waited for it.
DELETE FROM hookseal_inbox
WHERE key IN (
    SELECT key FROM hookseal_inbox
    WHERE state = 'done' AND keep_until <= clock_timestamp()
    LIMIT CAST(:most AS bigint)
)
AND state = 'done'
AND keep_until <= clock_timestamp();
