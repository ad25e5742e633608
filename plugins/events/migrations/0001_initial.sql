-- Events, their programme, and who takes part. Moments are milliseconds since 1970 in UTC.

CREATE TABLE events_event (
  id ${ID},
  region TEXT REFERENCES core_region (code),
  kind TEXT NOT NULL CHECK (kind IN ('network', 'workshop', 'training', 'webinar', 'club', 'other')),
  status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'cancelled')),
  visibility TEXT NOT NULL CHECK (visibility IN ('everyone', 'network', 'invited')),
  audience TEXT NOT NULL,
  attendance TEXT NOT NULL CHECK (attendance IN ('on_site', 'online', 'both')),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  summary_fi TEXT NOT NULL,
  summary_sv TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  description_fi TEXT NOT NULL,
  description_sv TEXT NOT NULL,
  description_en TEXT NOT NULL,
  place_fi TEXT NOT NULL,
  place_sv TEXT NOT NULL,
  place_en TEXT NOT NULL,
  address TEXT NOT NULL,
  municipality TEXT REFERENCES core_municipality (code),
  accessibility_fi TEXT NOT NULL,
  accessibility_sv TEXT NOT NULL,
  accessibility_en TEXT NOT NULL,
  online_link TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  opens_at BIGINT,
  closes_at BIGINT,
  ceiling BIGINT CHECK (ceiling > 0),
  has_waiting_list INTEGER NOT NULL,
  approves_first INTEGER NOT NULL,
  offer_hours BIGINT,
  organiser_id BIGINT REFERENCES core_organisation (id),
  contact_name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  project TEXT NOT NULL,
  -- Kept to make others of; never published itself.
  is_template INTEGER NOT NULL DEFAULT 0,
  retention_days BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  -- The next place at the end of the list. Counted here, so that the list has one order whichever
  -- process writes.
  next_position BIGINT NOT NULL,
  created_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  CHECK (starts_at < ends_at)
);
CREATE INDEX events_event_time ON events_event (status, visibility, starts_at, id);
CREATE INDEX events_event_region ON events_event (region, starts_at, id);

CREATE TABLE events_session (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  text_fi TEXT NOT NULL,
  text_sv TEXT NOT NULL,
  text_en TEXT NOT NULL,
  speakers_fi TEXT NOT NULL,
  speakers_sv TEXT NOT NULL,
  speakers_en TEXT NOT NULL,
  room TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  is_chosen INTEGER NOT NULL,
  CHECK (starts_at < ends_at)
);
CREATE INDEX events_session_event ON events_session (event_id, starts_at, id);

CREATE TABLE events_quota (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sectors TEXT NOT NULL
);
CREATE INDEX events_quota_event ON events_quota (event_id, id);

-- How many places there are and how many are taken: the event's own (key 0), those of workshops, of
-- quotas and of organisations under a ceiling. The database itself refuses to sell one twice.
CREATE TABLE events_pool (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  kind TEXT NOT NULL CHECK (kind IN ('event', 'session', 'quota', 'organisation')),
  key BIGINT NOT NULL,
  capacity BIGINT,
  taken BIGINT NOT NULL,
  PRIMARY KEY (event_id, kind, key),
  CHECK (taken >= 0),
  CHECK (capacity IS NULL OR taken <= capacity)
);

CREATE TABLE events_registration (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  form_key TEXT NOT NULL,
  person_id BIGINT REFERENCES core_person (id),
  organisation_id BIGINT REFERENCES core_organisation (id),
  organisation_name TEXT NOT NULL,
  sector TEXT,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL,
  locale TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('together', 'each')),
  answers TEXT NOT NULL,
  access_nonce TEXT NOT NULL,
  confirm_by BIGINT,
  created_at BIGINT NOT NULL,
  erased_at BIGINT,
  UNIQUE (event_id, form_key)
);
CREATE INDEX events_registration_email ON events_registration (email_key, event_id);
CREATE INDEX events_registration_person ON events_registration (person_id);
CREATE INDEX events_registration_organisation ON events_registration (organisation_id, event_id);
CREATE INDEX events_registration_confirm ON events_registration (confirm_by) WHERE confirm_by IS NOT NULL;

CREATE TABLE events_participant (
  id ${ID},
  registration_id BIGINT NOT NULL REFERENCES events_registration (id),
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  name TEXT NOT NULL,
  email TEXT,
  email_key TEXT,
  state TEXT NOT NULL CHECK (state IN
    ('pending', 'waiting', 'offered', 'confirmed', 'cancelled', 'declined', 'lapsed')),
  quota_id BIGINT REFERENCES events_quota (id),
  sessions TEXT NOT NULL,
  answers TEXT NOT NULL,
  position BIGINT NOT NULL,
  offer_until BIGINT,
  attended_at BIGINT,
  code TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX events_participant_list ON events_participant (event_id, state, position, id);
CREATE INDEX events_participant_registration ON events_participant (registration_id, id);
CREATE UNIQUE INDEX events_participant_code ON events_participant (code);
-- One address has one live place in an event.
CREATE UNIQUE INDEX events_participant_once ON events_participant (event_id, email_key)
  WHERE email_key IS NOT NULL AND state IN ('pending', 'waiting', 'offered', 'confirmed');
CREATE INDEX events_participant_offer ON events_participant (offer_until) WHERE offer_until IS NOT NULL;
CREATE INDEX events_participant_email ON events_participant (email_key);
