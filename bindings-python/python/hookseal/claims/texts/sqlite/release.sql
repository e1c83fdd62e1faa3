-- One row: the next delivery runs. None: another run has taken over.
UPDATE hookseal_claims
SET lease_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
WHERE key = :key AND fence = :fence AND NOT is_done;
