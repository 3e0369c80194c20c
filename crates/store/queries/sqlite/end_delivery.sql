-- Where one was sent again while an earlier try was under way, the one that was taken counts.
UPDATE deliveries SET state = ?2, ended_at = ?3
WHERE id = ?1 AND (state = 'due' OR (state = 'dead' AND ?2 = 'delivered'))
