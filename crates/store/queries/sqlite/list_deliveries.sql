SELECT deliveries.*
FROM deliveries
JOIN tasks ON tasks.id = deliveries.task_id
WHERE deliveries.key_id = ?1 AND deliveries.id < ?2 AND tasks.deleted_at IS NULL
    AND (?4 IS NULL OR deliveries.task_id = ?4)
    AND (?5 IS NULL OR deliveries.state = ?5)
ORDER BY deliveries.id DESC
LIMIT ?3
