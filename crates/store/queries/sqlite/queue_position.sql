-- Keys take turns, so ahead stand the tasks of the same key that came earlier, and of every other key as
-- many as there are turns until then (at most 1,000). Those of a better class go first whatever the turn.
-- Counting stops at 10,000, or earlier: a place up to ?3 is exact.
WITH mine AS (
    SELECT * FROM tasks WHERE id = ?1 AND state = 'queued'
),
turns AS (
    SELECT 1 + (
        SELECT count(*) FROM (
            SELECT 1 FROM tasks AS other
            WHERE other.key_id = mine.key_id AND other.state = 'queued' AND other.off_peak = mine.off_peak
                AND other.sequence < mine.sequence AND other.not_before <= ?2
            LIMIT ?3
        )
    ) AS number
    FROM mine
)
SELECT min(
    10000,
    turns.number
    + (
        SELECT count(*) FROM (
            SELECT 1 FROM tasks AS other
            WHERE other.state = 'queued' AND other.off_peak < mine.off_peak AND other.not_before <= ?2
            LIMIT ?3
        )
    )
    + (
        SELECT coalesce(sum(min(
            turns.number - (keys.turn > own.turn OR (keys.turn = own.turn AND keys.id > own.id)),
            (
                SELECT count(*) FROM (
                    SELECT 1 FROM tasks AS other
                    WHERE other.key_id = keys.id AND other.state = 'queued' AND other.off_peak = mine.off_peak
                        AND other.not_before <= ?2
                    LIMIT min(?3, 1000)
                )
            )
        )), 0)
        FROM api_keys AS keys
        WHERE keys.id <> mine.key_id
    )
) AS position
FROM mine
JOIN turns
JOIN api_keys AS own ON own.id = mine.key_id
