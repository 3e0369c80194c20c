-- ?2 is the latest lease that is taken back.
UPDATE tasks
SET state = CASE
        WHEN cancel_requested THEN 'cancelled'
        WHEN counted_attempts >= ?3 THEN 'failed'
        ELSE 'queued'
    END,
    failure = CASE WHEN NOT cancel_requested AND counted_attempts >= ?3 THEN ?4 END,
    finished_at = CASE WHEN cancel_requested OR counted_attempts >= ?3 THEN ?1 END,
    not_before = ?5,
    lease_until = NULL
WHERE state = 'running' AND lease_until <= ?2
RETURNING id, attempt, state, has_webhook
