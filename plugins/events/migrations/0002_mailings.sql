-- What was mailed to everybody of an event, once for each time it was to begin.
CREATE TABLE events_mailing (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  kind TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (event_id, kind, starts_at)
);

-- The address of a person's own calendar is signed with this. A new nonce makes the old address dead.
CREATE TABLE events_feed (
  person_id BIGINT PRIMARY KEY REFERENCES core_person (id),
  nonce TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- Whether answers about the event stay with their participant.
CREATE TABLE events_feedback_form (
  event_id BIGINT PRIMARY KEY REFERENCES events_event (id),
  is_named INTEGER NOT NULL
);

-- That somebody has answered is kept apart from what they answered.
CREATE TABLE events_feedback_given (
  participant_id BIGINT PRIMARY KEY REFERENCES events_participant (id),
  event_id BIGINT NOT NULL REFERENCES events_event (id)
);
CREATE INDEX events_feedback_given_event ON events_feedback_given (event_id);

-- Without the hour, so that an answer without a name does not point at who sent it when.
CREATE TABLE events_feedback (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  participant_id BIGINT REFERENCES events_participant (id),
  rating BIGINT NOT NULL CHECK (rating BETWEEN 1 AND 4),
  found_partners INTEGER,
  answer TEXT NOT NULL,
  locale TEXT NOT NULL,
  given_on TEXT NOT NULL
);
CREATE INDEX events_feedback_event ON events_feedback (event_id);
CREATE UNIQUE INDEX events_feedback_participant ON events_feedback (participant_id)
  WHERE participant_id IS NOT NULL;
