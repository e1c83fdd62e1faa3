-- What is known of a delivery that was there before.
SELECT state, COALESCE(digest = :digest, TRUE) AS is_same
FROM hookseal_inbox
WHERE key = :key;
