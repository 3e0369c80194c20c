SELECT * FROM tasks WHERE key_id = ?1 AND idempotency_key = ?2
