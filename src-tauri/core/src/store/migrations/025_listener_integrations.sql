-- A listener belongs to an integration: one of onboarding leads into its workflow, one of offer letters into none, and
-- there is one for each event.

-- The events in the inbox refer to listeners, whose rows are out of their table for a moment: that is checked at the end.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE listeners_before AS SELECT * FROM listeners;

DROP TABLE listeners;

CREATE TABLE listeners (
  id TEXT PRIMARY KEY,
  integration TEXT NOT NULL,
  workflow_id TEXT REFERENCES workflows (id),
  event TEXT NOT NULL,
  endpoint_id TEXT NOT NULL UNIQUE REFERENCES endpoints (id),
  signature_token TEXT,
  created_at INTEGER NOT NULL,
  verified_at INTEGER,
  last_event_at INTEGER,
  mismatch_at INTEGER,
  removed_at INTEGER,
  off_at INTEGER,
  paused_at INTEGER,
  admission TEXT NOT NULL DEFAULT '{}',
  webhook_begun_at INTEGER,
  webhook_id TEXT,
  noticed_at INTEGER,
  on_since INTEGER NOT NULL DEFAULT 0,
  CHECK ((integration = 'onboarding') = (workflow_id IS NOT NULL))
) STRICT;

INSERT INTO listeners (id, integration, workflow_id, event, endpoint_id, signature_token, created_at, verified_at,
  last_event_at, mismatch_at, removed_at, off_at, paused_at, admission, webhook_begun_at, webhook_id, noticed_at, on_since)
SELECT id, 'onboarding', workflow_id, event, endpoint_id, signature_token, created_at, verified_at,
  last_event_at, mismatch_at, removed_at, off_at, paused_at, admission, webhook_begun_at, webhook_id, noticed_at, on_since
FROM listeners_before ORDER BY rowid;

DROP TABLE listeners_before;

CREATE UNIQUE INDEX listeners_of_offers ON listeners (event)
  WHERE integration = 'offer_letters' AND removed_at IS NULL;
