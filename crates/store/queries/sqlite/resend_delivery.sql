-- On the schedule again, from its beginning.
UPDATE deliveries
SET state = 'due', due_at = ?3, tries = 0, ended_at = NULL
WHERE id = ?1 AND key_id = ?2
    AND EXISTS (SELECT 1 FROM tasks WHERE tasks.id = deliveries.task_id AND tasks.deleted_at IS NULL)
