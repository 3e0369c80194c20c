INSERT INTO deliveries (task_id, key_id, event, due_at, created_at)
SELECT id, key_id, ?3, ?2, ?2 FROM tasks WHERE id = ?1 AND deleted_at IS NULL
