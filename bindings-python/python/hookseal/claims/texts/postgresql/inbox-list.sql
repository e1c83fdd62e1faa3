-- Entries in a state, the oldest first; not their bodies.
SELECT
    key, scheme, event_id, event_type, sent_at, tries, trouble,
    CAST(EXTRACT(EPOCH FROM received_at) * 1000 AS bigint) AS received_at
FROM hookseal_inbox
WHERE state = :state
ORDER BY received_at
LIMIT CAST(:most AS bigint);
