-- The end of a task is not told while the news of its beginning is under way.
SELECT deliveries.id, deliveries.receiver
FROM deliveries
JOIN tasks ON tasks.id = deliveries.task_id
WHERE deliveries.key_id = ?1 AND deliveries.state = 'due' AND deliveries.due_at <= ?2 AND tasks.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM deliveries AS earlier
        WHERE earlier.task_id = deliveries.task_id AND earlier.event = 'began' AND earlier.state = 'due'
            AND deliveries.event = 'ended'
    )
ORDER BY deliveries.due_at, deliveries.id
LIMIT ?3
