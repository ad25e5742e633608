-- The core's tables. ${ID} is the self-numbering key of the dialect; all else is common SQL.
-- Instants are milliseconds since 1970 in UTC, days are ISO dates in Finland's calendar.

CREATE TABLE core_generation (
  component TEXT NOT NULL,
  slot INTEGER NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (component, slot)
);

CREATE TABLE core_region (
  code TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  tile_column INTEGER NOT NULL,
  tile_row INTEGER NOT NULL
);

CREATE TABLE core_municipality (
  code TEXT PRIMARY KEY,
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL
);

-- Which region a municipality belongs to, and when; an open end is NULL.
CREATE TABLE core_municipality_period (
  municipality TEXT NOT NULL REFERENCES core_municipality (code),
  region TEXT NOT NULL REFERENCES core_region (code),
  valid_from TEXT,
  valid_to TEXT
);
CREATE INDEX core_municipality_period_region ON core_municipality_period (region);
CREATE INDEX core_municipality_period_municipality ON core_municipality_period (municipality);

CREATE TABLE core_person (
  id ${ID},
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL,
  language TEXT NOT NULL,
  password_hash TEXT,
  disabled_at BIGINT,
  erased_at BIGINT,
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX core_person_name ON core_person (family_name, given_name);

CREATE TABLE core_organisation (
  id ${ID},
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  business_id TEXT UNIQUE,
  register_number TEXT NOT NULL,
  sector TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  municipality TEXT REFERENCES core_municipality (code),
  website TEXT NOT NULL,
  summary_fi TEXT NOT NULL,
  summary_sv TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX core_organisation_region ON core_organisation (region, name_fi, id);
CREATE INDEX core_organisation_name ON core_organisation (name_fi, id);

-- A person works for or belongs to an organisation, from a day to a day.
CREATE TABLE core_membership (
  id ${ID},
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  organisation_id BIGINT NOT NULL REFERENCES core_organisation (id),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT
);
CREATE INDEX core_membership_person ON core_membership (person_id);
CREATE INDEX core_membership_organisation ON core_membership (organisation_id);

-- A role at a scope: at most one of region and organisation is set; none means the nation.
CREATE TABLE core_grant (
  id ${ID},
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  role TEXT NOT NULL,
  region TEXT REFERENCES core_region (code),
  organisation_id BIGINT REFERENCES core_organisation (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  granted_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  CHECK (region IS NULL OR organisation_id IS NULL)
);
CREATE INDEX core_grant_person ON core_grant (person_id);
CREATE INDEX core_grant_region ON core_grant (region);
CREATE INDEX core_grant_organisation ON core_grant (organisation_id);

-- Where a national administrator has changed what a permission's plugin declared.
CREATE TABLE core_permission_role (
  permission TEXT NOT NULL,
  role TEXT NOT NULL,
  allowed INTEGER NOT NULL,
  PRIMARY KEY (permission, role)
);

-- token_hash is SHA-256 of the cookie; the cookie itself is stored nowhere.
CREATE TABLE core_session (
  token_hash TEXT PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  device TEXT NOT NULL
);
CREATE INDEX core_session_person ON core_session (person_id);
CREATE INDEX core_session_expires ON core_session (expires_at);

-- Attempts per hashed key (account and address, address, …) in a window.
CREATE TABLE core_throttle (
  key_hash TEXT PRIMARY KEY,
  attempts BIGINT NOT NULL,
  window_until BIGINT NOT NULL
);
CREATE INDEX core_throttle_until ON core_throttle (window_until);

-- Secrets that all processes share, made at first start (page tokens and the like).
CREATE TABLE core_secret (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- First tier of switching: what the nation says of a plugin.
CREATE TABLE core_plugin (
  name TEXT PRIMARY KEY,
  availability TEXT NOT NULL CHECK (availability IN ('unavailable', 'available', 'default_on', 'always_on')),
  locked INTEGER NOT NULL
);

-- Second tier: what a region says of an available plugin.
CREATE TABLE core_plugin_region (
  plugin TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  enabled INTEGER NOT NULL,
  PRIMARY KEY (plugin, region)
);

-- Both tiers and the dependencies worked out: the regions where a plugin is on. Rewritten in the
-- transaction of every switch, so that a store can join it.
CREATE TABLE core_plugin_active (
  plugin TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  PRIMARY KEY (plugin, region)
);

CREATE TABLE core_region_setting (
  plugin TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (plugin, region, name)
);

CREATE TABLE core_audit (
  id ${ID},
  at BIGINT NOT NULL,
  person_id BIGINT,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  region TEXT,
  organisation_id BIGINT,
  detail TEXT NOT NULL
);
CREATE INDEX core_audit_region ON core_audit (region, id);
CREATE INDEX core_audit_object ON core_audit (object);

CREATE TABLE core_outbox (
  id ${ID},
  message_id TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  sent_at BIGINT,
  failed_at BIGINT,
  last_error TEXT NOT NULL
);
CREATE INDEX core_outbox_due ON core_outbox (sent_at, failed_at, next_attempt_at);

CREATE TABLE core_job (
  name TEXT PRIMARY KEY,
  next_run_at BIGINT NOT NULL,
  leased_until BIGINT NOT NULL,
  last_run_at BIGINT,
  last_error TEXT NOT NULL
);

-- Server-sent events on their way to the other processes; swept after a minute.
CREATE TABLE core_broadcast (
  id ${ID},
  at BIGINT NOT NULL,
  topic TEXT NOT NULL,
  frame TEXT NOT NULL
);
