-- Changes that Lever shows and that no event told of.

CREATE TABLE gaps (
  id INTEGER PRIMARY KEY,
  listener_id TEXT NOT NULL,
  event TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  candidate TEXT NOT NULL,
  what TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  settled_at INTEGER,
  UNIQUE (listener_id, opportunity_id, changed_at)
) STRICT;
