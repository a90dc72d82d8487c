-- A listener can be switched off: its address lives on, and its events are stored without being run.

ALTER TABLE listeners ADD COLUMN off_at INTEGER;
