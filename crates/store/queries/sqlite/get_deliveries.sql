SELECT
    deliveries.id AS delivery_id, deliveries.event AS delivery_event, deliveries.tries AS delivery_tries,
    deliveries.receiver AS delivery_receiver, tasks.*
FROM deliveries
JOIN tasks ON tasks.id = deliveries.task_id
WHERE deliveries.id IN (SELECT value FROM json_each(?1))
ORDER BY deliveries.due_at, deliveries.id
