-- Small pictures that came with a request: they are on disk with the row itself, in one commit. Larger ones are
-- objects.
CREATE TABLE pictures (
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    -- Their place in the request.
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (task_id, number)
) STRICT;
