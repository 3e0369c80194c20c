-- Each count reads one partial index; the ended states share one pass. The conditions that are always
-- true lead the planner to the small index.
SELECT
    (SELECT count(*) FROM tasks WHERE state = 'queued' AND off_peak IN (false, true)) AS queued,
    (SELECT count(*) FROM tasks WHERE state = 'running' AND lease_until IS NOT NULL) AS running,
    count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
    (
        SELECT min(created_at) FROM (
            SELECT * FROM (
                SELECT created_at FROM tasks
                WHERE state = 'queued' AND off_peak = false ORDER BY sequence LIMIT 1
            ) AS usual
            UNION ALL
            SELECT * FROM (
                SELECT created_at FROM tasks
                WHERE state = 'queued' AND off_peak = true ORDER BY sequence LIMIT 1
            ) AS off_peak
        ) AS oldest
    ) AS oldest_queued
FROM tasks
WHERE finished_at IS NOT NULL
