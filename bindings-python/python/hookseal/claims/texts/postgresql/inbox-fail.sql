-- After a try that failed: waits for so long (state `waiting`), or is kept for people (`failed`).
UPDATE hookseal_inbox
SET state = :state,
    trouble = CAST(:trouble AS text),
    due_at = clock_timestamp() + CAST(:delay AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
