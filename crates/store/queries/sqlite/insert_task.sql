INSERT INTO tasks (
    id, key_id, dialect, request_id, request, warnings, off_peak, has_webhook,
    idempotency_key, idempotency_hash, created_at, payload, payload_start, made_from, announce_beginning, state
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, substr(?12, 1, 64), ?13, ?14, 'queued')
