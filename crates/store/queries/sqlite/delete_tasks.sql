DELETE FROM tasks
WHERE sequence IN (
    SELECT sequence FROM tasks
    WHERE finished_at IS NOT NULL AND artifacts_expired = true AND finished_at < $1
    ORDER BY finished_at
    LIMIT $2
)
