SELECT * FROM usage_entries WHERE key_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
