UPDATE tasks SET warnings = ?2 WHERE id = ?1
