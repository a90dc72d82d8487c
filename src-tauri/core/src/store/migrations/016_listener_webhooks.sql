-- The webhook that Fulcrum makes in Lever for a listener: when it was asked for, which it noted before it asked, and its
-- id once Lever said it.
ALTER TABLE listeners ADD COLUMN webhook_begun_at INTEGER;
ALTER TABLE listeners ADD COLUMN webhook_id TEXT;
