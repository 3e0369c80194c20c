INSERT INTO deliveries (task_id, due_at, created_at) VALUES ($1, $2, $2)
