-- Offer letters: what each says, its versions, the page that shows it, and what was written to Lever for it. What is
-- listed stands before what is long, so that a list reads no overflow page.

CREATE TABLE letters (
  id TEXT PRIMARY KEY,
  offer_id TEXT UNIQUE,
  opportunity_id TEXT,
  contact_id TEXT,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  status TEXT NOT NULL,
  expires_on TEXT,
  starts_on TEXT,
  version INTEGER NOT NULL,
  mapping_version INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  candidate TEXT NOT NULL,
  job TEXT NOT NULL,
  pay TEXT NOT NULL,
  attention TEXT,
  digest BLOB,
  stands TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;

CREATE INDEX letters_by_opportunity ON letters (opportunity_id);

CREATE TABLE letter_versions (
  letter_id TEXT NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  fields TEXT NOT NULL,
  changes TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  shown_at INTEGER,
  PRIMARY KEY (letter_id, version)
) STRICT;

CREATE TABLE letter_writes (
  letter_id TEXT NOT NULL REFERENCES letters (id),
  kind TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  said TEXT,
  asked_at INTEGER NOT NULL,
  tried_at INTEGER,
  done_at INTEGER,
  problem TEXT,
  PRIMARY KEY (letter_id, kind)
) STRICT;

CREATE TABLE pages (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  id TEXT NOT NULL UNIQUE,
  secret BLOB NOT NULL,
  wanted INTEGER NOT NULL,
  version INTEGER NOT NULL,
  shown INTEGER,
  content TEXT,
  expires_at INTEGER NOT NULL,
  url TEXT,
  problem TEXT
) STRICT;

CREATE TABLE watched (
  opportunity_id TEXT PRIMARY KEY,
  stands TEXT NOT NULL,
  in_stage INTEGER NOT NULL,
  passed TEXT NOT NULL,
  digest BLOB,
  checked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX watched_by_check ON watched (checked_at);
