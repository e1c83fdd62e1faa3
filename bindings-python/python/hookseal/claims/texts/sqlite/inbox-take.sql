-- Leases the entry that has waited longest. A worker that dies leaves it to the next one.
UPDATE hookseal_inbox
SET fence = MAX(fence + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)),
    tries = tries + 1,
    due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :lease
WHERE key = (
    SELECT key FROM hookseal_inbox
    WHERE state = 'waiting'
        AND due_at <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    ORDER BY due_at
    LIMIT 1
)
RETURNING
    key, fence, tries, scheme, event_id, event_type, sent_at, body, received_at;
