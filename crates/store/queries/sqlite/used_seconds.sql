SELECT seconds - refunded_seconds AS used FROM usage_days WHERE key_id = ?1 AND day = ?2
