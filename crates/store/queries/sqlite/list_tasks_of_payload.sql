SELECT * FROM tasks INDEXED BY tasks_by_payload
WHERE key_id = ?1 AND id > ?2 AND id < ?3 AND deleted_at IS NULL
    AND (?5 IS NULL OR state IN (SELECT value FROM json_each(?5)))
    AND (?6 IS NULL OR json_extract(request, '$.model') IN (SELECT value FROM json_each(?6)))
    AND (?7 IS NULL OR dialect = ?7)
    AND payload = ?8 AND payload_start = substr(?8, 1, 64)
ORDER BY id DESC
LIMIT ?4
