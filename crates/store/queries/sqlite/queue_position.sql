-- Ready tasks that go first: those of an earlier class, and earlier ones of the same class.
-- 9,999 of them and the task itself make the 10,000 at which counting stops.
SELECT 1 + (
    SELECT count(*) FROM (
        SELECT 1 FROM tasks AS other
        WHERE other.state = 'queued' AND other.off_peak < mine.off_peak AND other.not_before <= $2
        UNION ALL
        SELECT 1 FROM tasks AS other
        WHERE other.state = 'queued' AND other.off_peak = mine.off_peak
            AND other.sequence < mine.sequence AND other.not_before <= $2
        LIMIT 9999
    ) AS ahead
) AS position
FROM tasks AS mine
WHERE mine.id = $1 AND mine.state = 'queued'
