-- What is being edited and not saved yet, so that neither a crash nor a restart loses it.

CREATE TABLE mapping_drafts (
  mapping TEXT PRIMARY KEY,
  base_version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
