-- Why a claim gave no fence. Where the run is free by now, claim again.
SELECT
    is_done,
    COALESCE(digest = :digest, TRUE) AS is_same,
    lease_until - CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS lease_left,
    keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS is_forgotten
FROM hookseal_claims
WHERE key = :key;
