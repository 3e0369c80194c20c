SELECT
    deliveries.id AS delivery_id, deliveries.event AS delivery_event, deliveries.tries AS delivery_tries, tasks.*
FROM deliveries
JOIN tasks ON tasks.id = deliveries.task_id
WHERE deliveries.state = 'due' AND deliveries.due_at <= ?1 AND tasks.deleted_at IS NULL
ORDER BY deliveries.due_at, deliveries.id
LIMIT ?2
