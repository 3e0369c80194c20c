INSERT INTO usage_days (key_id, day, tasks, seconds) VALUES (?1, ?2, 1, ?3)
ON CONFLICT (key_id, day) DO UPDATE SET tasks = tasks + 1, seconds = seconds + excluded.seconds
