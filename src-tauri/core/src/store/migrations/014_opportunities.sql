-- Which person each imported opportunity belongs to, as the user said where there was doubt; and that question.

CREATE TABLE person_opportunities (
  opportunity_id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  contact_id TEXT
) STRICT;

CREATE INDEX person_opportunities_by_contact ON person_opportunities (contact_id);

CREATE INDEX people_by_email ON people (lower(email));

INSERT INTO person_opportunities (opportunity_id, person_id, contact_id)
SELECT opportunity_id, id, contact_id FROM people;

ALTER TABLE imports ADD COLUMN question TEXT;
ALTER TABLE imports ADD COLUMN same_person TEXT;
