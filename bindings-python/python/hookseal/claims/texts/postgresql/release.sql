-- One row: the next delivery runs. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = clock_timestamp()
WHERE key = :key AND fence = :fence AND NOT is_done;
