-- The address that Lever still has of a listener whose public address changed.

ALTER TABLE endpoints ADD COLUMN known_url TEXT;
