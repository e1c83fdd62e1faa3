-- One row for each delivery that was taken. Times are milliseconds of the host's clock.
CREATE TABLE IF NOT EXISTS hookseal_inbox (
    key BLOB PRIMARY KEY,       -- the replay key: 32 bytes
    digest BLOB,                -- SHA-256 of the body; NULL: bodies are not compared
    scheme TEXT NOT NULL,
    event_id TEXT,
    event_type TEXT,
    sent_at INTEGER,            -- the signed time, in milliseconds
    body BLOB,                  -- NULL once it is done
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    tries INTEGER NOT NULL,
    trouble TEXT,               -- of the last try: the kind of its error
    fence INTEGER NOT NULL,     -- rises with each run, so that an old one is known
    due_at INTEGER NOT NULL,    -- from then on it may be run
    received_at INTEGER NOT NULL,
    keep_until INTEGER NOT NULL -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_inbox_due_at ON hookseal_inbox (due_at)
    WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS hookseal_inbox_keep_until ON hookseal_inbox (keep_until)
    WHERE state = 'done';
