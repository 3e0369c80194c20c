-- A try counts when it begins, so that one that kills its process counts too.
UPDATE deliveries
SET due_at = ?2, tries = tries + 1
WHERE id IN (SELECT value FROM json_each(?1))
