SELECT * FROM usage_days WHERE key_id = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day DESC LIMIT 1000
