-- How often a connection used each permission on each day of UTC.

CREATE TABLE permission_uses (
  integration TEXT NOT NULL,
  scope TEXT NOT NULL,
  day TEXT NOT NULL,
  uses INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (integration, scope, day)
) STRICT;
