INSERT INTO pictures (task_id, number, bytes) VALUES (?1, ?2, ?3)
