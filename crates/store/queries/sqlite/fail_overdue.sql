UPDATE tasks
SET state = 'failed', finished_at = ?1, failure = ?3
WHERE state = 'queued' AND off_peak = true AND created_at < ?2
RETURNING id, has_webhook
