-- What is still to be ended at Lever after a disconnect, and the webhooks that Fulcrum made there.

CREATE TABLE departures (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  integration TEXT NOT NULL,
  environment TEXT NOT NULL,
  way TEXT NOT NULL,
  client_id TEXT,
  client_secret TEXT,
  access_token TEXT,
  access_expires_at INTEGER,
  refresh_token TEXT,
  api_key TEXT,
  left_at INTEGER NOT NULL
) STRICT;

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  integration TEXT NOT NULL,
  event TEXT NOT NULL,
  url TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  departure_id INTEGER REFERENCES departures (id)
) STRICT;
