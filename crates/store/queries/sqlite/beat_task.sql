UPDATE tasks
SET lease_until = ?3, progress_done = ?4, progress_total = ?5
WHERE id = ?1 AND attempt = ?2 AND state = 'running'
RETURNING cancel_requested
