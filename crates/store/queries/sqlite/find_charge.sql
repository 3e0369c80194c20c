SELECT seconds FROM usage_entries WHERE task_id = ?1 LIMIT 1
