-- Since when Lever has another address of a listener than the one it needs.

ALTER TABLE endpoints ADD COLUMN moved_at INTEGER;
