SELECT bytes FROM pictures WHERE task_id = ?1 AND number = ?2
