-- A mapping for people and one for offers, each with versions that say who saved them and what changed; and the
-- fields of people that the user added or changed.

CREATE TABLE mappings_new (
  mapping TEXT NOT NULL,
  version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (mapping, version)
) STRICT;

INSERT INTO mappings_new (mapping, version, rules, saved_at, saved_by)
SELECT 'people', version, replace(rules, '"target":"manager_email"', '"target":"manager"'), saved_at, ''
FROM mappings;

DROP TABLE mappings;
ALTER TABLE mappings_new RENAME TO mappings;

UPDATE people SET fields = replace(fields, '"manager_email":', '"manager":');

CREATE TABLE target_fields (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  definition TEXT NOT NULL
) STRICT;
