-- Every step of a task's life after its birth, so that a client that was cut off hears of all that it missed.

CREATE TABLE state_changes (
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    -- From 1, without gaps.
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    -- When the attempt began, or the task ended; NULL for a return to the queue.
    at INTEGER,
    PRIMARY KEY (task_id, number)
) STRICT, WITHOUT ROWID;

-- Of tasks from before, what their rows still tell.
INSERT INTO state_changes (task_id, number, state, attempt, at)
SELECT id, 1, 'running', attempt, started_at FROM tasks WHERE attempt > 0;
INSERT INTO state_changes (task_id, number, state, attempt, at)
SELECT id, iif(attempt > 0, 2, 1), state, attempt, finished_at
FROM tasks
WHERE finished_at IS NOT NULL OR (state = 'queued' AND attempt > 0);

CREATE TRIGGER state_change AFTER UPDATE OF state ON tasks
WHEN new.state <> old.state
BEGIN
    INSERT INTO state_changes (task_id, number, state, attempt, at)
    SELECT new.id, coalesce(max(number), 0) + 1, new.state, new.attempt,
        CASE new.state WHEN 'running' THEN new.started_at ELSE new.finished_at END
    FROM state_changes WHERE task_id = new.id;
END;
