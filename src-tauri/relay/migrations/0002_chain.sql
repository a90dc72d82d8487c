-- The number of the device's newest event, kept when the event is deleted. NULL for a device that signed in
-- before this migration and got no event since: what came before is not known.
ALTER TABLE device ADD COLUMN last_seq INTEGER;
UPDATE device SET last_seq = (SELECT max(seq) FROM event WHERE event.device = device.id);

-- What retention deleted and the desktop was not told of yet: up to which number, and how many.
ALTER TABLE device ADD COLUMN expired_through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN expired_events INTEGER NOT NULL DEFAULT 0;

-- The number of the device's event before this one; NULL for an event stored before this migration.
ALTER TABLE event ADD COLUMN prev INTEGER;
