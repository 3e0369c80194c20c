UPDATE tasks
SET state = ?3, finished_at = ?4, output = ?5, failure = ?6, lease_until = NULL
WHERE id = ?1 AND attempt = ?2 AND state = 'running'
RETURNING warnings, has_webhook
