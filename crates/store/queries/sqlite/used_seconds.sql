SELECT seconds - refunded_seconds FROM usage_days WHERE key_id = $1 AND day = $2
