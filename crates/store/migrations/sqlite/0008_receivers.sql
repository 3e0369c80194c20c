-- Callbacks are taken key by key, and not too many to one receiver at once: scheme, host and port of its URL, which
-- always has a path.
ALTER TABLE deliveries ADD COLUMN receiver TEXT NOT NULL DEFAULT '';

UPDATE deliveries
SET receiver = coalesce(
    (
        SELECT substr(url, 1, instr(substr(url, 9), '/') + 7)
        FROM (SELECT json_extract(request, '$.webhook.url') AS url FROM tasks WHERE tasks.id = task_id)
    ),
    ''
);

DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (key_id, due_at, id) WHERE state = 'due';
