UPDATE tasks
SET state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
    finished_at = CASE state WHEN 'queued' THEN $3 END,
    cancel_requested = true
WHERE id = $1 AND key_id = $2 AND state IN ('queued', 'running')
RETURNING state, has_webhook
