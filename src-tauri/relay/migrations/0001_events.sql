CREATE TABLE device (
    id  INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE CHECK (length(key) = 32)
) STRICT;

CREATE TABLE endpoint (
    id            INTEGER PRIMARY KEY,
    address       BLOB    NOT NULL UNIQUE CHECK (length(address) = 20),
    device        INTEGER NOT NULL REFERENCES device (id),
    sealing_key   BLOB    NOT NULL CHECK (length(sealing_key) = 32),
    retired_at_ms INTEGER
) STRICT;

-- AUTOINCREMENT: a number that was acknowledged and deleted must never name a second event.
CREATE TABLE event (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    device         INTEGER NOT NULL REFERENCES device (id),
    endpoint       INTEGER NOT NULL REFERENCES endpoint (id),
    received_at_ms INTEGER NOT NULL,
    sealed         BLOB    NOT NULL
) STRICT;

-- Ends in the row id like every index, so it is in order of `seq`.
CREATE INDEX event_by_device ON event (device);
