SELECT * FROM delivery_tries
WHERE delivery_id IN (SELECT value FROM json_each(?1))
ORDER BY delivery_id, tried_at, rowid
