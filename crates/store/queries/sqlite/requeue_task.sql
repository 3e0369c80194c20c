-- Whoever asked for a cancel gets it, not another attempt. ?5 is 1 when the attempt does not count.
UPDATE tasks
SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END,
    finished_at = CASE WHEN cancel_requested THEN ?3 END,
    not_before = ?4,
    counted_attempts = counted_attempts - ?5,
    lease_until = NULL
WHERE id = ?1 AND attempt = ?2 AND state = 'running'
RETURNING state, has_webhook
