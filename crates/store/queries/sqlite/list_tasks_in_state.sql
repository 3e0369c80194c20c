SELECT * FROM tasks INDEXED BY tasks_by_key_and_state
WHERE key_id = ?1 AND id > ?2 AND id < ?3 AND deleted_at IS NULL
    AND state = ?5
    AND (?6 IS NULL OR json_extract(request, '$.model') IN (SELECT value FROM json_each(?6)))
    AND (?7 IS NULL OR dialect = ?7)
    AND (?8 IS NULL OR payload = ?8)
ORDER BY id DESC
LIMIT ?4
