-- One row: it is stored. None: it was there, see inbox-look.sql.
INSERT INTO hookseal_inbox AS held (
    key, digest, scheme, event_id, event_type, sent_at, body,
    state, tries, fence, due_at, received_at, keep_until
)
SELECT
    :key, :digest, :scheme, :event_id, :event_type, :sent_at, :body,
    'waiting', 0, clock, clock, clock,
    clock + :keep
FROM (SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS clock)
WHERE TRUE
ON CONFLICT (key) DO UPDATE SET
    digest = EXCLUDED.digest,
    scheme = EXCLUDED.scheme,
    event_id = EXCLUDED.event_id,
    event_type = EXCLUDED.event_type,
    sent_at = EXCLUDED.sent_at,
    body = EXCLUDED.body,
    state = EXCLUDED.state,
    tries = EXCLUDED.tries,
    trouble = NULL,
    fence = MAX(held.fence + 1, EXCLUDED.fence),
    due_at = EXCLUDED.due_at,
    received_at = EXCLUDED.received_at,
    keep_until = EXCLUDED.keep_until
WHERE held.state = 'done'
    AND held.keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
RETURNING fence;
