-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_inbox
SET due_at = clock_timestamp() + CAST(:lease AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
