-- What Lever said about the candidates whose values the mapping screen showed, and about the hires it was tried on.

CREATE TABLE samples (
  integration TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  emails TEXT NOT NULL,
  record TEXT NOT NULL,
  hired_at INTEGER,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (integration, opportunity_id)
) STRICT;
