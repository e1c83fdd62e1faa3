-- One row: it is done. None: another run has taken over.
UPDATE hookseal_claims
SET is_done = TRUE,
    keep_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + :keep
WHERE key = :key AND fence = :fence AND NOT is_done;
