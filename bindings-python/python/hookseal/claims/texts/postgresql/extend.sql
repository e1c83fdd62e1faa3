-- One row: the lease is longer. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = clock_timestamp() + CAST(:lease AS bigint) * INTERVAL '1 millisecond'
WHERE key = :key AND fence = :fence AND NOT is_done;
