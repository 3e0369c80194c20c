-- Keys take turns: the one that was served longest ago goes first, if it has a ready task and room to run
-- it. Each key costs one step into tasks_queue_by_key, however many tasks wait. ?3 says whether off-peak
-- tasks stand behind all others or among them; ?4 is how many tasks of a key may run that has no limit of
-- its own.
UPDATE tasks
SET state = 'running',
    attempt = attempt + 1,
    counted_attempts = counted_attempts + 1,
    cancel_requested = false,
    lease_until = ?2,
    started_at = ?1,
    progress_done = 0,
    progress_total = 0
WHERE sequence = (
    SELECT coalesce(
        (
            SELECT (
                SELECT min(sequence) FROM (
                    SELECT * FROM (
                        SELECT sequence FROM tasks
                        WHERE key_id = keys.id AND state = 'queued' AND off_peak = false AND not_before <= ?1
                        ORDER BY sequence LIMIT 1
                    )
                    UNION ALL
                    SELECT * FROM (
                        SELECT sequence FROM tasks
                        WHERE ?3 AND key_id = keys.id AND state = 'queued' AND off_peak = true AND not_before <= ?1
                        ORDER BY sequence LIMIT 1
                    )
                )
            ) AS first
            FROM api_keys AS keys
            WHERE first IS NOT NULL
                AND (
                    SELECT count(*) FROM tasks WHERE key_id = keys.id AND state = 'running'
                ) < coalesce(keys.concurrency, ?4)
            ORDER BY keys.turn, keys.id LIMIT 1
        ),
        (
            SELECT (
                SELECT sequence FROM tasks
                WHERE key_id = keys.id AND state = 'queued' AND off_peak = true AND not_before <= ?1
                ORDER BY sequence LIMIT 1
            ) AS first
            FROM api_keys AS keys
            WHERE first IS NOT NULL
                AND (
                    SELECT count(*) FROM tasks WHERE key_id = keys.id AND state = 'running'
                ) < coalesce(keys.concurrency, ?4)
            ORDER BY keys.turn, keys.id LIMIT 1
        )
    )
)
RETURNING *
