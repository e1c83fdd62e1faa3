-- Entries in a state, the oldest first; not their bodies.
SELECT
    key, scheme, event_id, event_type, sent_at, tries, trouble, received_at
FROM hookseal_inbox
WHERE state = :state
ORDER BY received_at
LIMIT :most;
