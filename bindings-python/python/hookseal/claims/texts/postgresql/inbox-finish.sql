-- One row: it is done, and its body is gone. None: another run has taken over.
UPDATE hookseal_inbox
SET state = 'done',
    body = NULL,
    trouble = NULL,
    keep_until = clock_timestamp() + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND state = 'waiting';
