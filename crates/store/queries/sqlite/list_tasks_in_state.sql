SELECT * FROM tasks WHERE key_id = $1 AND state = $4 AND id < $2 ORDER BY id DESC LIMIT $3
