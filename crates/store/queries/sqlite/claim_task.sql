-- The first ready task of each class is one step into tasks_queue; $3 says whether off-peak tasks
-- stand behind all others or among them.
UPDATE tasks
SET state = 'running',
    attempt = attempt + 1,
    counted_attempts = counted_attempts + 1,
    cancel_requested = false,
    lease_until = $2,
    started_at = $1,
    progress_done = 0,
    progress_total = 0
WHERE sequence = (
    SELECT sequence FROM (
        SELECT * FROM (
            SELECT sequence, false AS behind FROM tasks
            WHERE state = 'queued' AND off_peak = false AND not_before <= $1
            ORDER BY sequence LIMIT 1
        ) AS usual
        UNION ALL
        SELECT * FROM (
            SELECT sequence, NOT $3 AS behind FROM tasks
            WHERE state = 'queued' AND off_peak = true AND not_before <= $1
            ORDER BY sequence LIMIT 1
        ) AS off_peak
    ) AS ready
    ORDER BY behind, sequence LIMIT 1
)
RETURNING *
