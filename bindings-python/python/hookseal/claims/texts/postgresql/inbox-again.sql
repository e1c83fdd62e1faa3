-- One row: what had failed waits again, with all its tries. None: it had not failed.
UPDATE hookseal_inbox
SET state = 'waiting', tries = 0, due_at = clock_timestamp()
WHERE key = :key AND state = 'failed';
