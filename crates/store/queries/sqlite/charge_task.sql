INSERT INTO usage_entries (key_id, task_id, at, seconds) VALUES (?1, ?2, ?3, ?4)
