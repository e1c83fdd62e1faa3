-- The fence of the run; no row: somebody else has it, see look.sql. A fence starts at the clock, so
-- that it rises even over a row that was forgotten.
INSERT INTO hookseal_claims AS held (key, digest, fence, is_done, lease_until, keep_until)
SELECT
    :key, CAST(:digest AS bytea), CAST(EXTRACT(EPOCH FROM clock) * 1000 AS bigint), :is_done,
    clock + CAST(:lease AS bigint) * INTERVAL '1 millisecond',
    clock + CAST(:keep AS bigint) * INTERVAL '1 millisecond'
FROM clock_timestamp() AS clock
ON CONFLICT (key) DO UPDATE SET
    digest = EXCLUDED.digest,
    fence = GREATEST(held.fence + 1, EXCLUDED.fence),
    is_done = EXCLUDED.is_done,
    lease_until = EXCLUDED.lease_until,
    keep_until = EXCLUDED.keep_until
WHERE held.keep_until <= clock_timestamp()
    OR (
        NOT held.is_done
        AND held.lease_until <= clock_timestamp()
        AND COALESCE(held.digest = EXCLUDED.digest, TRUE)
    )
RETURNING fence;
