SELECT id FROM api_keys
WHERE EXISTS (SELECT 1 FROM deliveries WHERE key_id = api_keys.id AND state = 'due' AND due_at <= ?1)
ORDER BY id
