-- Which store this is: the numbers of two stores say nothing about each other.
CREATE TABLE store (id BLOB NOT NULL CHECK (length(id) = 16)) STRICT;
INSERT INTO store (id) VALUES (randomblob(16));

-- The highest number that the device ever acknowledged: a copy of the device that has stored less was overtaken.
ALTER TABLE device ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0;
