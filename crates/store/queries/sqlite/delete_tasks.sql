DELETE FROM tasks
WHERE id IN (SELECT value FROM json_each(?1)) AND finished_at IS NOT NULL
