-- Each key's own limits, its turn in the queue, and what it used.

-- NULL: the configured default.
ALTER TABLE api_keys ADD COLUMN concurrency INTEGER;
ALTER TABLE api_keys ADD COLUMN requests_per_second INTEGER;
-- Seconds of video in one day (UTC); NULL: no limit.
ALTER TABLE api_keys ADD COLUMN daily_seconds INTEGER;
-- Grows with every claim: the key that was served longest ago comes first.
ALTER TABLE api_keys ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

CREATE INDEX api_keys_turn ON api_keys (turn, id);
-- Claiming steps from key to key and reads one entry of each.
CREATE INDEX tasks_queue_by_key ON tasks (key_id, off_peak, sequence, not_before, state) WHERE state = 'queued';

-- Append-only: a task is charged when it is accepted and refunded when it fails or is cancelled. Rows of
-- `tasks` come and go; these stay. No foreign keys, for that reason.
CREATE TABLE usage_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id INTEGER NOT NULL,
    task_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- Seconds of video; negative for a refund.
    seconds INTEGER NOT NULL,
    UNIQUE (task_id, seconds)
) STRICT;

CREATE INDEX usage_entries_by_key ON usage_entries (key_id, id);

-- The entries' sums. A refund goes to the day of its charge.
CREATE TABLE usage_days (
    key_id INTEGER NOT NULL,
    -- Since 1970.
    day INTEGER NOT NULL,
    tasks INTEGER NOT NULL DEFAULT 0,
    seconds INTEGER NOT NULL DEFAULT 0,
    refunded_tasks INTEGER NOT NULL DEFAULT 0,
    refunded_seconds INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;

-- Kept by the database itself, so that no way of ending a task can forget it.
CREATE TRIGGER usage_charge AFTER INSERT ON tasks
BEGIN
    INSERT INTO usage_entries (key_id, task_id, at, seconds)
    VALUES (new.key_id, new.id, new.created_at, json_extract(new.request, '$.duration'));
    INSERT INTO usage_days (key_id, day, tasks, seconds)
    VALUES (new.key_id, new.created_at / 86400000, 1, json_extract(new.request, '$.duration'))
    ON CONFLICT (key_id, day) DO UPDATE SET tasks = tasks + 1, seconds = seconds + excluded.seconds;
END;

CREATE TRIGGER usage_refund AFTER UPDATE OF state ON tasks
WHEN new.state IN ('failed', 'cancelled') AND old.state IN ('queued', 'running')
BEGIN
    INSERT INTO usage_entries (key_id, task_id, at, seconds)
    SELECT new.key_id, new.id, new.finished_at, -charge.seconds
    FROM usage_entries AS charge WHERE charge.task_id = new.id AND charge.seconds > 0;
    UPDATE usage_days
    SET refunded_tasks = refunded_tasks + 1,
        refunded_seconds = refunded_seconds
            + (SELECT coalesce(sum(seconds), 0) FROM usage_entries WHERE task_id = new.id AND seconds > 0)
    WHERE key_id = new.key_id AND day = new.created_at / 86400000;
END;
