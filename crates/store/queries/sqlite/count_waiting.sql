SELECT count(*) AS waiting FROM tasks WHERE key_id = ?1 AND state = 'queued'
