CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE catalog (
  field TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  definition TEXT NOT NULL
) STRICT;

CREATE TABLE workflows (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE endpoints (
  id TEXT PRIMARY KEY,
  sealing_secret BLOB NOT NULL,
  state TEXT NOT NULL,
  url TEXT,
  registered_with TEXT
, known_url TEXT, moved_at INTEGER) STRICT;

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery BLOB NOT NULL UNIQUE,
  listener_id TEXT REFERENCES listeners (id),
  received_at INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT,
  signature_digest BLOB UNIQUE,
  event TEXT,
  opportunity_id TEXT,
  size INTEGER NOT NULL) STRICT;

CREATE INDEX inbox_by_listener ON inbox (listener_id, verdict);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  correlation TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  why TEXT,
  remedy TEXT,
  created_at INTEGER NOT NULL, relay_number INTEGER,
  UNIQUE (name, key)
) STRICT;

CREATE INDEX jobs_by_due ON jobs (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL UNIQUE,
  opportunity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  fields TEXT NOT NULL,
  mapping_version INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX people_by_import ON people (imported_at);

CREATE TABLE runs (
  workflow_id TEXT NOT NULL REFERENCES workflows (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  opportunity_id TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  PRIMARY KEY (workflow_id, person_id)
) STRICT;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  outcome TEXT NOT NULL,
  sentence TEXT NOT NULL,
  person_id TEXT,
  correlation TEXT,
  detail TEXT
) STRICT;

CREATE INDEX activity_by_person ON activity (person_id) WHERE person_id IS NOT NULL;

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

CREATE TABLE validations (
  integration TEXT PRIMARY KEY,
  about TEXT NOT NULL
) STRICT;

CREATE TABLE "mappings" (
  mapping TEXT NOT NULL,
  version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL, sources TEXT NOT NULL DEFAULT '{}', changes TEXT NOT NULL DEFAULT '[]', restored_from INTEGER,
  PRIMARY KEY (mapping, version)
) STRICT;

CREATE TABLE target_fields (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  definition TEXT NOT NULL
) STRICT;

CREATE TABLE mapping_drafts (
  mapping TEXT PRIMARY KEY,
  base_version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE samples (
  integration TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  emails TEXT NOT NULL,
  record TEXT NOT NULL,
  hired_at INTEGER,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (integration, opportunity_id)
) STRICT;

CREATE TABLE permission_uses (
  integration TEXT NOT NULL,
  scope TEXT NOT NULL,
  day TEXT NOT NULL,
  uses INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (integration, scope, day)
) STRICT;

CREATE TABLE imports (
  opportunity_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  held_at INTEGER,
  needs TEXT NOT NULL,
  entered TEXT NOT NULL,
  declined_at INTEGER
, question TEXT, same_person TEXT) STRICT;

CREATE TABLE removed_fields (
  id TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  removed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person_opportunities (
  opportunity_id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  contact_id TEXT
) STRICT;

CREATE INDEX person_opportunities_by_contact ON person_opportunities (contact_id);

CREATE INDEX people_by_email ON people (lower(email));

CREATE TABLE probes (
  id INTEGER PRIMARY KEY,
  sent_at INTEGER NOT NULL,
  returned_at INTEGER,
  problem TEXT
) STRICT;

CREATE INDEX probes_by_time ON probes (sent_at);

CREATE TABLE inbox_contents (
  id INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE gaps (
  id INTEGER PRIMARY KEY,
  listener_id TEXT NOT NULL,
  event TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  candidate TEXT NOT NULL,
  what TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  settled_at INTEGER,
  UNIQUE (listener_id, opportunity_id, changed_at)
) STRICT;

CREATE TABLE relay_positions (
  store BLOB PRIMARY KEY,
  stored INTEGER NOT NULL
) STRICT;

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

CREATE UNIQUE INDEX listeners_of_offers ON listeners (event)
  WHERE integration = 'offer_letters' AND removed_at IS NULL;
