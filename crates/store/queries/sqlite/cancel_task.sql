-- ?4: whether tasks that run are within reach.
UPDATE tasks
SET state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
    finished_at = CASE state WHEN 'queued' THEN ?3 END,
    cancel_requested = true
WHERE id = ?1 AND key_id = ?2 AND deleted_at IS NULL AND (state = 'queued' OR (?4 AND state = 'running'))
RETURNING state, has_webhook
