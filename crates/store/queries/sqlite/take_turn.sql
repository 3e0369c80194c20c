UPDATE api_keys SET turn = (SELECT max(turn) + 1 FROM api_keys) WHERE id = ?1
