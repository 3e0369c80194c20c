-- Deleting: whatever has not ended is stopped as a cancel would.
UPDATE tasks
SET deleted_at = ?3,
    idempotency_key = NULL,
    idempotency_hash = NULL,
    finished_at = CASE state WHEN 'queued' THEN ?3 ELSE finished_at END,
    cancel_requested = CASE WHEN state IN ('queued', 'running') THEN true ELSE cancel_requested END,
    state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END
WHERE id = ?1 AND key_id = ?2 AND deleted_at IS NULL
RETURNING state
