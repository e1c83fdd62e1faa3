-- After a try that failed: waits for so long (state `waiting`), or is kept for people (`failed`).
UPDATE hookseal_inbox
SET state = :state,
    trouble = :trouble,
    due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :delay
WHERE key = :key AND fence = :fence AND state = 'waiting';
