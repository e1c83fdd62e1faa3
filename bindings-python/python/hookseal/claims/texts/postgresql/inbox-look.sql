-- What is known of a delivery that was there before.
SELECT state, COALESCE(digest = CAST(:digest AS bytea), TRUE) AS is_same
FROM hookseal_inbox
WHERE key = :key;
