-- What clients find their tasks by, what a task was made from, and tasks that their owners deleted.

ALTER TABLE tasks ADD COLUMN payload TEXT;
-- Payloads may be a million characters long: their beginning leads near enough.
ALTER TABLE tasks ADD COLUMN payload_start TEXT;
ALTER TABLE tasks ADD COLUMN made_from INTEGER;
-- Hidden from its owner; the row goes when the task has ended and its files are gone.
ALTER TABLE tasks ADD COLUMN deleted_at INTEGER;

CREATE INDEX tasks_by_payload ON tasks (key_id, payload_start, id) WHERE payload_start IS NOT NULL;
CREATE INDEX tasks_deleted ON tasks (deleted_at, finished_at) WHERE deleted_at IS NOT NULL;
