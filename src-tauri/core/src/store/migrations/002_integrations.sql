-- A connection for each integration, by Lever Connect or by an API key. A disconnected one keeps what names it
-- and none of its secrets.

ALTER TABLE connections RENAME TO connections_of_one;

CREATE TABLE connections (
  integration TEXT PRIMARY KEY,
  environment TEXT NOT NULL,
  way TEXT NOT NULL,
  client_id TEXT,
  client_secret TEXT,
  access_token TEXT,
  access_expires_at INTEGER,
  refresh_token TEXT,
  api_key TEXT,
  granted TEXT NOT NULL,
  account TEXT NOT NULL,
  state TEXT NOT NULL,
  checks TEXT NOT NULL,
  connected_at INTEGER NOT NULL,
  validated_at INTEGER
) STRICT;

INSERT INTO connections (integration, environment, way, client_id, client_secret, access_token,
    access_expires_at, refresh_token, granted, account, state, checks, connected_at, validated_at)
  SELECT 'onboarding', environment, 'lever_connect', client_id, client_secret, access_token,
    access_expires_at, refresh_token, granted, account, state, checks, connected_at, validated_at
  FROM connections_of_one;

DROP TABLE connections_of_one;
