-- Why a claim gave no fence. Where the run is free by now, claim again.
SELECT
    is_done,
    COALESCE(digest = CAST(:digest AS bytea), TRUE) AS is_same,
    CAST(CEIL(EXTRACT(EPOCH FROM lease_until - clock_timestamp()) * 1000) AS bigint) AS lease_left,
    keep_until <= clock_timestamp() AS is_forgotten
FROM hookseal_claims
WHERE key = :key;
