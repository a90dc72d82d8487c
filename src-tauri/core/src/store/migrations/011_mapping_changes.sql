-- What each version of a mapping changed, which version it brought back, and the Lever fields that it reads as they
-- were then.

ALTER TABLE mappings ADD COLUMN sources TEXT NOT NULL DEFAULT '{}';
ALTER TABLE mappings ADD COLUMN changes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mappings ADD COLUMN restored_from INTEGER;
