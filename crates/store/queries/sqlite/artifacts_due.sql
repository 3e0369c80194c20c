SELECT id FROM tasks
WHERE finished_at IS NOT NULL AND artifacts_expired = false AND finished_at < ?1
ORDER BY finished_at
LIMIT ?2
