UPDATE api_keys
SET concurrency = ?2, requests_per_second = ?3, daily_seconds = ?4
WHERE name = ?1 AND revoked_at IS NULL
