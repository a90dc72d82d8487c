-- What was delivered lies apart from the list of deliveries, so that the list stays short to read and the contents can
-- go by age and size.
CREATE TABLE inbox_contents (
  id INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

INSERT INTO inbox_contents (id, headers, body) SELECT id, '[]', body FROM inbox WHERE body IS NOT NULL;

ALTER TABLE inbox DROP COLUMN body;

-- When somebody was last told that a listener rejected an event.
ALTER TABLE listeners ADD COLUMN noticed_at INTEGER;
