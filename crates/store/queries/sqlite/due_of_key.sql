SELECT deliveries.id, deliveries.receiver
FROM deliveries
JOIN tasks ON tasks.id = deliveries.task_id
WHERE deliveries.key_id = ?1 AND deliveries.state = 'due' AND deliveries.due_at <= ?2 AND tasks.deleted_at IS NULL
ORDER BY deliveries.due_at, deliveries.id
LIMIT ?3
