"use strict";

// Made by service/texts/copy-node.mjs.

module.exports = {
  postgresql: {
    "claim": `-- The fence of the run; no row: somebody else has it, see look.sql. A fence starts at the clock, so
-- that it rises even over a row that was forgotten.
INSERT INTO hookseal_claims AS held (key, digest, fence, is_done, lease_until, keep_until)
SELECT
    :key, CAST(:digest AS bytea), CAST(EXTRACT(EPOCH FROM clock) * 1000 AS bigint), :is_done,
    clock + CAST(:lease AS bigint) * INTERVAL '1 millisecond',
    clock + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
FROM clock_timestamp() AS clock
ON CONFLICT (key) DO UPDATE SET
    digest = EXCLUDED.digest,
    fence = GREATEST(held.fence + 1, EXCLUDED.fence),
    is_done = EXCLUDED.is_done,
    lease_until = EXCLUDED.lease_until,
    keep_until = EXCLUDED.keep_until
WHERE held.keep_until <= clock_timestamp()
    OR (
        NOT held.is_done
        AND held.lease_until <= clock_timestamp()
        AND COALESCE(held.digest = EXCLUDED.digest, TRUE)
    )
RETURNING fence;
`,
    "claims-schema": `-- One row for each delivery that is being handled or was handled. Times are of the store's clock.
CREATE TABLE IF NOT EXISTS hookseal_claims (
    key bytea PRIMARY KEY,            -- the replay key: 32 bytes
    digest bytea,                     -- SHA-256 of the body; NULL: bodies are not compared
    fence bigint NOT NULL,            -- rises with each run, so that an old one is known
    is_done boolean NOT NULL,
    lease_until timestamptz NOT NULL, -- until then nobody else may run it
    keep_until timestamptz NOT NULL   -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_claims_keep_until ON hookseal_claims (keep_until);
`,
    "complete": `-- One row: it is done. None: another run has taken over.
UPDATE hookseal_claims
SET is_done = TRUE,
    keep_until = clock_timestamp() + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
    "extend": `-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = clock_timestamp() + CAST(:lease AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
    "forget": `-- Deletes what need not be known any longer, so many at a time. A row that was claimed while this
-- waited for it is looked at again, and stays.
DELETE FROM hookseal_claims
WHERE key IN (
    SELECT key FROM hookseal_claims
    WHERE keep_until <= clock_timestamp()
    LIMIT CAST(:most AS bigint)
)
AND keep_until <= clock_timestamp();
`,
    "inbox-again": `-- One row: what had failed waits again, with all its tries. None: it had not failed.
UPDATE hookseal_inbox
SET state = 'waiting', tries = 0, due_at = clock_timestamp()
WHERE key = :key AND state = 'failed';
`,
    "inbox-extend": `-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_inbox
SET due_at = clock_timestamp() + CAST(:lease AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-fail": `-- After a try that failed: waits for so long (state \`waiting\`), or is kept for people (\`failed\`).
UPDATE hookseal_inbox
SET state = :state,
    trouble = CAST(:trouble AS text),
    due_at = clock_timestamp() + CAST(:delay AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-finish": `-- One row: it is done, and its body is gone. None: another run has taken over.
UPDATE hookseal_inbox
SET state = 'done',
    body = NULL,
    trouble = NULL,
    keep_until = clock_timestamp() + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-forget": `-- Deletes what need not be known any longer, so many at a time. What waits or has failed stays, and
-- so does a row that was put again while this waited for it.
DELETE FROM hookseal_inbox
WHERE key IN (
    SELECT key FROM hookseal_inbox
    WHERE state = 'done' AND keep_until <= clock_timestamp()
    LIMIT CAST(:most AS bigint)
)
AND state = 'done'
AND keep_until <= clock_timestamp();
`,
    "inbox-list": `-- Entries in a state, the oldest first; not their bodies.
SELECT
    key, scheme, event_id, event_type, sent_at, tries, trouble,
    CAST(EXTRACT(EPOCH FROM received_at) * 1000 AS bigint) AS received_at
FROM hookseal_inbox
WHERE state = :state
ORDER BY received_at
LIMIT CAST(:most AS bigint);
`,
    "inbox-look": `-- What is known of a delivery that was there before.
SELECT state, COALESCE(digest = CAST(:digest AS bytea), TRUE) AS is_same
FROM hookseal_inbox
WHERE key = :key;
`,
    "inbox-put": `-- One row: it is stored. None: it was there, see inbox-look.sql.
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
`,
    "inbox-schema": `-- One row for each delivery that was taken. Times are of the store's clock.
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
`,
    "inbox-take": `-- Leases the entry that has waited longest. A worker that dies leaves it to the next one.
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
`,
    "look": `-- Why a claim gave no fence. Where the run is free by now, claim again.
SELECT
    is_done,
    COALESCE(digest = CAST(:digest AS bytea), TRUE) AS is_same,
    CAST(CEIL(EXTRACT(EPOCH FROM lease_until - clock_timestamp()) * 1000) AS bigint) AS lease_left,
    keep_until <= clock_timestamp() AS is_forgotten
FROM hookseal_claims
WHERE key = :key;
`,
    "release": `-- One row: the next delivery runs. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = clock_timestamp()
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
  },
  redis: {
    "claim": `-- KEYS[1]; ARGV: digest of the body (empty: not compared), lease and keep in milliseconds.
-- Gives {'run', fence}, {'done'}, {'busy', milliseconds left} or {'conflict', whether done}.
-- A value is fence, end of the lease (0: done) and digest. Time is of the store's clock; a fence
-- starts there, so that it rises even over a key that was forgotten.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local digest, lease, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local fence = now

local held = redis.call('GET', KEYS[1])
if held then
    local old, lease_until, before = string.match(held, '^(%d+):(%d+):(.*)$')
    old, lease_until = tonumber(old), tonumber(lease_until)
    if digest ~= '' and before ~= '' and digest ~= before then
        return {'conflict', lease_until == 0 and 1 or 0}
    end
    if lease_until == 0 then return {'done'} end
    if lease_until > now then return {'busy', lease_until - now} end
    fence = math.max(old + 1, now)
end
-- The digest is bytes: \`%s\` would end at a zero byte.
local value = string.format('%.0f:%.0f:', fence, now + lease) .. digest
redis.call('SET', KEYS[1], value, 'PX', keep)
return {'run', fence}
`,
    "settle": `-- KEYS[1]; ARGV: fence, what to do (complete, extend, release), and milliseconds: for how long a
-- completed key is kept, or how long the lease is from now.
-- Gives 1; or 0: another run has taken over.
local held = redis.call('GET', KEYS[1])
if not held then return 0 end
local fence, lease_until, digest = string.match(held, '^(%d+):(%d+):(.*)$')
if fence ~= ARGV[1] or lease_until == '0' then return 0 end

if ARGV[2] == 'complete' then
    redis.call('SET', KEYS[1], fence .. ':0:' .. digest, 'PX', tonumber(ARGV[3]))
    return 1
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = ARGV[2] == 'extend' and now + tonumber(ARGV[3]) or now
redis.call('SET', KEYS[1], string.format('%s:%.0f:', fence, ends) .. digest, 'KEEPTTL')
return 1
`,
  },
  sqlite: {
    "claim": `-- The fence of the run; no row: somebody else has it, see look.sql. A fence starts at the clock, so
-- that it rises even over a row that was forgotten.
INSERT INTO hookseal_claims AS held (key, digest, fence, is_done, lease_until, keep_until)
SELECT
    :key, :digest, clock, :is_done, clock + :lease, clock + :keep
FROM (SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS clock)
WHERE TRUE
ON CONFLICT (key) DO UPDATE SET
    digest = EXCLUDED.digest,
    fence = MAX(held.fence + 1, EXCLUDED.fence),
    is_done = EXCLUDED.is_done,
    lease_until = EXCLUDED.lease_until,
    keep_until = EXCLUDED.keep_until
WHERE held.keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    OR (
        NOT held.is_done
        AND held.lease_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
        AND COALESCE(held.digest = EXCLUDED.digest, TRUE)
    )
RETURNING fence;
`,
    "claims-schema": `-- One row for each delivery that is being handled or was handled. Times are milliseconds of the
-- host's clock.
CREATE TABLE IF NOT EXISTS hookseal_claims (
    key BLOB PRIMARY KEY,         -- the replay key: 32 bytes
    digest BLOB,                  -- SHA-256 of the body; NULL: bodies are not compared
    fence INTEGER NOT NULL,       -- rises with each run, so that an old one is known
    is_done INTEGER NOT NULL,
    lease_until INTEGER NOT NULL, -- until then nobody else may run it
    keep_until INTEGER NOT NULL   -- until then it is known
);
CREATE INDEX IF NOT EXISTS hookseal_claims_keep_until ON hookseal_claims (keep_until);
`,
    "complete": `-- One row: it is done. None: another run has taken over.
UPDATE hookseal_claims
SET is_done = TRUE,
    keep_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :keep
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
    "extend": `-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :lease
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
    "forget": `-- Deletes what need not be known any longer, so many at a time.
DELETE FROM hookseal_claims
WHERE key IN (
    SELECT key FROM hookseal_claims
    WHERE keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    LIMIT :most
);
`,
    "inbox-again": `-- One row: what had failed waits again, with all its tries. None: it had not failed.
UPDATE hookseal_inbox
SET state = 'waiting',
    tries = 0,
    due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
WHERE key = :key AND state = 'failed';
`,
    "inbox-extend": `-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_inbox
SET due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :lease
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-fail": `-- After a try that failed: waits for so long (state \`waiting\`), or is kept for people (\`failed\`).
UPDATE hookseal_inbox
SET state = :state,
    trouble = :trouble,
    due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :delay
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-finish": `-- One row: it is done, and its body is gone. None: another run has taken over.
UPDATE hookseal_inbox
SET state = 'done',
    body = NULL,
    trouble = NULL,
    keep_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :keep
WHERE key = :key AND fence = :fence AND state = 'waiting';
`,
    "inbox-forget": `-- Deletes what need not be known any longer, so many at a time. What waits or has failed stays.
DELETE FROM hookseal_inbox
WHERE key IN (
    SELECT key FROM hookseal_inbox
    WHERE state = 'done'
        AND keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    LIMIT :most
);
`,
    "inbox-list": `-- Entries in a state, the oldest first; not their bodies.
SELECT
    key, scheme, event_id, event_type, sent_at, tries, trouble, received_at
FROM hookseal_inbox
WHERE state = :state
ORDER BY received_at
LIMIT :most;
`,
    "inbox-look": `-- What is known of a delivery that was there before.
SELECT state, COALESCE(digest = :digest, TRUE) AS is_same
FROM hookseal_inbox
WHERE key = :key;
`,
    "inbox-put": `-- One row: it is stored. None: it was there, see inbox-look.sql.
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
`,
    "inbox-schema": `-- One row for each delivery that was taken. Times are milliseconds of the host's clock.
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
`,
    "inbox-take": `-- Leases the entry that has waited longest. A worker that dies leaves it to the next one.
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
`,
    "look": `-- Why a claim gave no fence. Where the run is free by now, claim again.
SELECT
    is_done,
    COALESCE(digest = :digest, TRUE) AS is_same,
    lease_until - CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS lease_left,
    keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS is_forgotten
FROM hookseal_claims
WHERE key = :key;
`,
    "release": `-- One row: the next delivery runs. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
WHERE key = :key AND fence = :fence AND NOT is_done;
`,
  },
};
