-- The end of a connection switches its listeners off; the next one of the same organisation puts them back.

ALTER TABLE listeners ADD COLUMN paused_at INTEGER;
