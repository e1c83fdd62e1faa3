-- One row: it is done, and its body is gone. None: another run has taken over.
UPDATE hookseal_inbox
SET state = 'done',
    body = NULL,
    trouble = NULL,
    keep_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :keep
WHERE key = :key AND fence = :fence AND state = 'waiting';
