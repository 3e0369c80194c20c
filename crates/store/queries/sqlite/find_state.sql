SELECT state FROM tasks WHERE id = ?1 AND key_id = ?2 AND deleted_at IS NULL
