-- Times are milliseconds since 1970. Documents (request, warnings, output, failure) are JSON text.

CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX api_keys_name ON api_keys (name) WHERE revoked_at IS NULL;

-- The queue is this table. `sequence` is a task's place in it and never changes, so that a task that
-- comes back stands where it stood.
CREATE TABLE tasks (
    sequence INTEGER PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE CHECK (id >= 0),
    key_id INTEGER NOT NULL REFERENCES api_keys (id),
    dialect TEXT NOT NULL,
    request_id TEXT NOT NULL,
    request TEXT NOT NULL,
    warnings TEXT NOT NULL,
    off_peak INTEGER NOT NULL CHECK (off_peak IN (0, 1)),
    has_webhook INTEGER NOT NULL CHECK (has_webhook IN (0, 1)),
    idempotency_key TEXT,
    idempotency_hash BLOB,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    -- The fencing number: it always grows and names files.
    attempt INTEGER NOT NULL DEFAULT 0,
    -- The attempts that count against the limit: those that were returned unharmed do not.
    counted_attempts INTEGER NOT NULL DEFAULT 0,
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    -- 0 until the first back-off, so that a clock that steps back hides nothing.
    not_before INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    progress_done INTEGER NOT NULL DEFAULT 0,
    progress_total INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    output TEXT,
    failure TEXT,
    artifacts_expired INTEGER NOT NULL DEFAULT 0 CHECK (artifacts_expired IN (0, 1)),
    CHECK ((idempotency_key IS NULL) = (idempotency_hash IS NULL)),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'succeeded') = (output IS NOT NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL))
) STRICT;

-- Claiming reads these entries alone, however many tasks have ended. `state` is there because the planner
-- looks into the row for it otherwise.
CREATE INDEX tasks_queue ON tasks (off_peak, sequence, not_before, state) WHERE state = 'queued';
CREATE INDEX tasks_leases ON tasks (lease_until, state) WHERE state = 'running';
CREATE INDEX tasks_ended ON tasks (artifacts_expired, finished_at, state) WHERE finished_at IS NOT NULL;
CREATE INDEX tasks_by_key ON tasks (key_id, id);
CREATE INDEX tasks_by_key_and_state ON tasks (key_id, state, id);
CREATE UNIQUE INDEX tasks_idempotency ON tasks (key_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- The outbox. A row appears in the transaction that ends its task, so there is at most one for each.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL UNIQUE REFERENCES tasks (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'delivered', 'dead')),
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'due') = (ended_at IS NULL))
) STRICT;

CREATE INDEX deliveries_due ON deliveries (due_at, id) WHERE state = 'due';
