-- What the last validation of each connection was about, to tell when it no longer counts.

CREATE TABLE validations (
  integration TEXT PRIMARY KEY,
  about TEXT NOT NULL
) STRICT;
