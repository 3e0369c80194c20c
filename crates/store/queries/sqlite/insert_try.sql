INSERT INTO delivery_tries (delivery_id, tried_at, took, status, problem)
SELECT id, ?2, ?3, ?4, ?5 FROM deliveries WHERE id = ?1
