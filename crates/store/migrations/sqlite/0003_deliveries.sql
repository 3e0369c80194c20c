-- A task may have two callbacks, one for its beginning and one for its end; every try is kept; and whoever
-- made the task can look at both.

ALTER TABLE tasks ADD COLUMN announce_beginning INTEGER NOT NULL DEFAULT 0 CHECK (announce_beginning IN (0, 1));

CREATE TABLE new_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    key_id INTEGER NOT NULL REFERENCES api_keys (id),
    event TEXT NOT NULL CHECK (event IN ('began', 'ended')),
    state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'delivered', 'dead')),
    due_at INTEGER NOT NULL,
    -- Since it was last put on the schedule.
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    UNIQUE (task_id, event),
    CHECK ((state = 'due') = (ended_at IS NULL))
) STRICT;

INSERT INTO new_deliveries (id, task_id, key_id, event, state, due_at, tries, created_at, ended_at)
SELECT deliveries.id, task_id, key_id, 'ended', deliveries.state, due_at, tries, deliveries.created_at, ended_at
FROM deliveries
JOIN tasks ON tasks.id = task_id;

DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;

CREATE INDEX deliveries_due ON deliveries (due_at, id) WHERE state = 'due';
CREATE INDEX deliveries_by_key ON deliveries (key_id, id);
CREATE INDEX deliveries_by_key_and_state ON deliveries (key_id, state, id);

CREATE TABLE delivery_tries (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    tried_at INTEGER NOT NULL,
    -- Milliseconds.
    took INTEGER NOT NULL,
    -- HTTP's, where there was an answer.
    status INTEGER,
    problem TEXT
) STRICT;

CREATE INDEX delivery_tries_by_delivery ON delivery_tries (delivery_id, tried_at);
