INSERT INTO deliveries (task_id, due_at, created_at)
SELECT id, $2, $2 FROM tasks WHERE id = $1 AND deleted_at IS NULL
