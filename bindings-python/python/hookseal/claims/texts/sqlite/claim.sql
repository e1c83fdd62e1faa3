-- The fence of the run; no row: somebody else has it, see look.sql. A fence starts at the clock, so
-- that it rises even over a row that was forgotten.
INSERT INTO hookseal_claims AS held (key, digest, fence, is_done, lease_until, keep_until)
SELECT
    :key, :digest, clock, :is_done, clock + :lease, clock + :keep
FROM (SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS clock)
WHERE TRUE
ON CONFLICT (key) DO UPDATE SET
    digest = EXCLUDED.digest,
    fence = MAX(held.fence + 1, EXCLUDED.fence),
    is_done = EXCLUDED.is_done,
    lease_until = EXCLUDED.lease_until,
    keep_until = EXCLUDED.keep_until
WHERE held.keep_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    OR (
        NOT held.is_done
        AND held.lease_until <= CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
        AND COALESCE(held.digest = EXCLUDED.digest, TRUE)
    )
RETURNING fence;
