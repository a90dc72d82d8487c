-- Fields of people that the user removed: their values stay until they are erased.

CREATE TABLE removed_fields (
  id TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  removed_at INTEGER NOT NULL
) STRICT;
