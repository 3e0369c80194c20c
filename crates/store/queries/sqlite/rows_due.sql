SELECT * FROM (
    SELECT id FROM tasks
    WHERE deleted_at IS NOT NULL AND finished_at IS NOT NULL
    LIMIT ?2
) AS deleted
UNION
SELECT * FROM (
    SELECT id FROM tasks
    WHERE finished_at IS NOT NULL AND artifacts_expired = true AND finished_at < ?1
    ORDER BY finished_at
    LIMIT ?2
) AS expired
LIMIT ?2
