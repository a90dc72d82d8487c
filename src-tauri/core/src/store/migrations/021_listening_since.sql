-- Since when a listener is on: what happened while it was off is never run.

ALTER TABLE listeners ADD COLUMN on_since INTEGER NOT NULL DEFAULT 0;
UPDATE listeners SET on_since = created_at;
