-- The receiver is scheme, host and port of a URL that always has a path.
INSERT INTO deliveries (task_id, key_id, event, due_at, created_at, receiver)
SELECT id, key_id, ?3, ?2, ?2, substr(url, 1, instr(substr(url, 9), '/') + 7)
FROM (
    SELECT id, key_id, coalesce(json_extract(request, '$.webhook.url'), '') AS url
    FROM tasks WHERE id = ?1 AND deleted_at IS NULL
)
