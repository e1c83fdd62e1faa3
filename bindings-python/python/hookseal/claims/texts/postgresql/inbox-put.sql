-- One row: it is stored. None: it was there, see inbox-look.sql.
INSERT INTO hookseal_inbox AS held (
    key, digest, scheme, event_id, event_type, sent_at, body,
    state, tries, fence, due_at, received_at, keep_until
)
SELECT
    :key, CAST(:digest AS bytea), :scheme, CAST(:event_id AS text), CAST(:event_type AS text),
    CAST(:sent_at AS bigint), :body,
    'waiting', 0, CAST(EXTRACT(EPOCH FROM clock) * 1000 AS bigint), clock, clock,
    clock + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
FROM clock_timestamp() AS clock
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
    fence = GREATEST(held.fence + 1, EXCLUDED.fence),
    due_at = EXCLUDED.due_at,
    received_at = EXCLUDED.received_at,
    keep_until = EXCLUDED.keep_until
WHERE held.state = 'done' AND held.keep_until <= clock_timestamp()
RETURNING fence;
