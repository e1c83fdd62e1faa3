-- Leases the entry that has waited longest. A worker that dies leaves it to the next one.
UPDATE hookseal_inbox
SET fence = GREATEST(fence + 1, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)),
    tries = tries + 1,
    due_at = clock_timestamp() + CAST(:lease AS bigint) * INTERVAL '1 millisecond'
WHERE key = (
    SELECT key FROM hookseal_inbox
    WHERE state = 'waiting' AND due_at <= clock_timestamp()
    ORDER BY due_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING
    key, fence, tries, scheme, event_id, event_type, sent_at, body,
    CAST(EXTRACT(EPOCH FROM received_at) * 1000 AS bigint) AS received_at;
