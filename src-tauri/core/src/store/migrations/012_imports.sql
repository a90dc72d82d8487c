-- Hires that wait for the user, one for each opportunity, with what is missing and what the user decided and entered.

CREATE TABLE imports (
  opportunity_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  held_at INTEGER,
  needs TEXT NOT NULL,
  entered TEXT NOT NULL,
  declined_at INTEGER
) STRICT;
