-- A task is charged by the write that inserts it, which knows its duration: a trigger had to look for it in the
-- request, and for a statement with triggers SQLite copies every page that it touches.
DROP TRIGGER usage_charge;
