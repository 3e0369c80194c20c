SELECT number, state_changes.state, state_changes.attempt, at
FROM state_changes
JOIN tasks ON tasks.id = task_id
WHERE task_id = $1 AND key_id = $2 AND deleted_at IS NULL AND number > $3
ORDER BY number

