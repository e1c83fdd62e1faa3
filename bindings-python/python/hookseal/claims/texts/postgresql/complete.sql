-- One row: it is done. None: another run has taken over.
UPDATE hookseal_claims
SET is_done = TRUE,
    keep_until = clock_timestamp() + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND NOT is_done;
