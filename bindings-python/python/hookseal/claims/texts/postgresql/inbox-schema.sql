-- One row for each delivery that was taken. Times are of the store's clock.
CREATE TABLE IF NOT EXISTS hookseal_inbox (
    key bytea PRIMARY KEY,            -- the replay key: 32 bytes
    digest bytea,                     -- SHA-256 of the body; NULL: bodies are not compared
    scheme text NOT NULL,
    event_id text,
    event_type text,
    sent_at bigint,                   -- the signed time, in milliseconds
    body bytea,                       -- NULL once it is done
    state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    tries integer NOT NULL,
    trouble text,                     -- of the last try: the kind of its error
    fence bigint NOT NULL,            -- rises with each run, so that an old one is known
    due_at timestamptz NOT NULL,      -- from then on it may be run
    received_at timestamptz NOT NULL,
    keep_until timestamptz NOT NULL   -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_inbox_due_at ON hookseal_inbox (due_at)
    WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS hookseal_inbox_keep_until ON hookseal_inbox (keep_until)
    WHERE state = 'done';
