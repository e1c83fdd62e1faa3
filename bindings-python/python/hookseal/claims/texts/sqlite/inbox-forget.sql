-- Deletes what need not be known any longer, so many at a time. What waits or has failed stays.
DELETE FROM hookseal_inbox
WHERE key IN (
    SELECT key FROM hookseal_inbox
    WHERE state = 'done'
        AND keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    LIMIT :most
);
