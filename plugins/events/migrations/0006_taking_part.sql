-- What those who register answer later, with files; who was in which workshop; what became of forms;
-- messages for later.

-- A file as an answer, and questions that are asked when there is a place. A CHECK can not be changed
-- in place on both databases.
CREATE TABLE events_question_next (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  key TEXT NOT NULL,
  asked_of TEXT NOT NULL CHECK (asked_of IN ('registration', 'participant')),
  kind TEXT NOT NULL CHECK (kind IN
    ('text', 'paragraph', 'choice', 'several', 'number', 'date', 'consent', 'file')),
  label_fi TEXT NOT NULL,
  label_sv TEXT NOT NULL,
  label_en TEXT NOT NULL,
  hint_fi TEXT NOT NULL,
  hint_sv TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  is_required INTEGER NOT NULL,
  options TEXT NOT NULL,
  condition_key TEXT,
  condition_value TEXT,
  is_followup INTEGER NOT NULL DEFAULT 0,
  most_megabytes BIGINT NOT NULL DEFAULT 5 CHECK (most_megabytes BETWEEN 1 AND 10),
  position BIGINT NOT NULL,
  UNIQUE (event_id, key)
);
INSERT INTO events_question_next (event_id, key, asked_of, kind, label_fi, label_sv, label_en, hint_fi,
  hint_sv, hint_en, is_required, options, condition_key, condition_value, position)
  SELECT event_id, key, asked_of, kind, label_fi, label_sv, label_en, hint_fi, hint_sv, hint_en,
    is_required, options, condition_key, condition_value, position FROM events_question ORDER BY id;
DROP TABLE events_question;
ALTER TABLE events_question_next RENAME TO events_question;

-- When the questions after approval were answered, and when they were last asked.
ALTER TABLE events_participant ADD COLUMN followup_at BIGINT;
ALTER TABLE events_registration ADD COLUMN followup_asked_at BIGINT;
ALTER TABLE events_aside_participant ADD COLUMN followup_at BIGINT;
ALTER TABLE events_aside_registration ADD COLUMN followup_asked_at BIGINT;

-- People can be put aside and come back under their numbers: what hangs on them stays where it is.
CREATE TABLE events_answer_file (
  file_id BIGINT PRIMARY KEY,
  registration_id BIGINT NOT NULL,
  participant_id BIGINT,
  key TEXT NOT NULL,
  name TEXT NOT NULL
);
CREATE INDEX events_answer_file_registration ON events_answer_file (registration_id);
CREATE INDEX events_answer_file_participant ON events_answer_file (participant_id);

CREATE TABLE events_session_attendance (
  participant_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL REFERENCES events_session (id),
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (participant_id, session_id)
);
CREATE INDEX events_session_attendance_session ON events_session_attendance (session_id);

-- How many forms were begun, sent and given up on a day. No row is about a person.
CREATE TABLE events_form_count (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  day TEXT NOT NULL,
  what TEXT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (event_id, day, what)
);

CREATE TABLE events_scheduled_message (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  recipients TEXT NOT NULL,
  ticked TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  send_at BIGINT NOT NULL,
  made_by BIGINT REFERENCES core_person (id),
  made_at BIGINT NOT NULL,
  sent_at BIGINT,
  cancelled_at BIGINT
);
CREATE INDEX events_scheduled_message_event ON events_scheduled_message (event_id, send_at);
CREATE INDEX events_scheduled_message_due ON events_scheduled_message (send_at)
  WHERE sent_at IS NULL AND cancelled_at IS NULL;
