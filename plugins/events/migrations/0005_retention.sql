-- What is about people goes when its time is over: organisers are told, then it is put aside for a time in
-- which that can be taken back, then only figures are left. What is put aside stands in tables of its own,
-- so that nothing which reads registrations can show it.

-- How far the data about an event's people has come. Moments are milliseconds since 1970 in UTC.
CREATE TABLE events_retention (
  event_id BIGINT PRIMARY KEY REFERENCES events_event (id),
  told_for BIGINT,    -- organisers were told that it falls due then
  told_at BIGINT,
  aside_at BIGINT,
  kept_until BIGINT,  -- putting aside was taken back: it falls due again then
  erased_at BIGINT
);
CREATE INDEX events_retention_aside ON events_retention (aside_at) WHERE aside_at IS NOT NULL;

-- Numbers of people who are put aside (is_final 0) or erased (1); they name nobody.
CREATE TABLE events_figure (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  kind TEXT NOT NULL CHECK (kind IN
    ('sector', 'attended_sector', 'region', 'organisation', 'day', 'state', 'noted')),
  label TEXT NOT NULL,
  is_final INTEGER NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (event_id, kind, label, is_final)
);

-- As events_registration, events_participant and those about them, and what feedback has of its giver.
CREATE TABLE events_aside_registration (
  id BIGINT PRIMARY KEY,
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
  mode TEXT NOT NULL,
  answers TEXT NOT NULL,
  access_nonce TEXT NOT NULL,
  confirm_by BIGINT,
  created_at BIGINT NOT NULL,
  erased_at BIGINT
);
CREATE INDEX events_aside_registration_event ON events_aside_registration (event_id);
CREATE INDEX events_aside_registration_email ON events_aside_registration (email_key);
CREATE INDEX events_aside_registration_person ON events_aside_registration (person_id);

CREATE TABLE events_aside_participant (
  id BIGINT PRIMARY KEY,
  registration_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  name TEXT NOT NULL,
  email TEXT,
  email_key TEXT,
  state TEXT NOT NULL,
  quota_id BIGINT REFERENCES events_quota (id),
  sessions TEXT NOT NULL,
  answers TEXT NOT NULL,
  position BIGINT NOT NULL,
  offer_until BIGINT,
  attended_at BIGINT,
  code TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX events_aside_participant_event ON events_aside_participant (event_id);
CREATE INDEX events_aside_participant_email ON events_aside_participant (email_key);
CREATE INDEX events_aside_participant_registration ON events_aside_participant (registration_id);

CREATE TABLE events_aside_feedback_given (
  participant_id BIGINT PRIMARY KEY,
  event_id BIGINT NOT NULL REFERENCES events_event (id)
);
CREATE INDEX events_aside_feedback_given_event ON events_aside_feedback_given (event_id);

CREATE TABLE events_aside_feedback (
  feedback_id BIGINT PRIMARY KEY REFERENCES events_feedback (id),
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  participant_id BIGINT,
  answer TEXT NOT NULL
);
CREATE INDEX events_aside_feedback_event ON events_aside_feedback (event_id);

CREATE TABLE events_aside_material_told (
  participant_id BIGINT PRIMARY KEY,
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  material_id BIGINT NOT NULL
);
CREATE INDEX events_aside_material_told_event ON events_aside_material_told (event_id);

CREATE TABLE events_aside_invitation (
  id BIGINT PRIMARY KEY,
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  invited_at BIGINT NOT NULL
);
CREATE INDEX events_aside_invitation_event ON events_aside_invitation (event_id);
CREATE INDEX events_aside_invitation_person ON events_aside_invitation (person_id);

-- What programs made with an Idempotency-Key: asked again, it is the same one.
CREATE TABLE events_made_with (
  key TEXT PRIMARY KEY,
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  session_id BIGINT
);
CREATE INDEX events_made_with_event ON events_made_with (event_id);
