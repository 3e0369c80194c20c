-- The news that a task has begun is none once it has ended.
DELETE FROM deliveries WHERE task_id = ?1 AND event = 'began' AND state = 'due' AND tries = 0
