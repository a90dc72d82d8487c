-- How far the events of each relay's store are on this disk. It tells this copy of the data folder from others, and
-- shows a number that never came, over a restart too.

CREATE TABLE relay_positions (
  store BLOB PRIMARY KEY,
  stored INTEGER NOT NULL
) STRICT;

-- The relay's number of the event that made the work: it waits until the relay gives that event to no other copy.
ALTER TABLE jobs ADD COLUMN relay_number INTEGER;
