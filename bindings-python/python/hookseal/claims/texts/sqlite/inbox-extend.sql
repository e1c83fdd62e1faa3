-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_inbox
SET due_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :lease
WHERE key = :key AND fence = :fence AND state = 'waiting';
