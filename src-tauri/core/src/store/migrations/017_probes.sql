-- The probes of the last day: whether each came back from the internet.

CREATE TABLE probes (
  id INTEGER PRIMARY KEY,
  sent_at INTEGER NOT NULL,
  returned_at INTEGER,
  problem TEXT
) STRICT;

CREATE INDEX probes_by_time ON probes (sent_at);
