-- Questions that organisers ask. Answers stand with who gave them, by the key of the question.
CREATE TABLE events_question (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  key TEXT NOT NULL,
  asked_of TEXT NOT NULL CHECK (asked_of IN ('registration', 'participant')),
  kind TEXT NOT NULL CHECK (kind IN ('text', 'paragraph', 'choice', 'several', 'number', 'date', 'consent')),
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
  position BIGINT NOT NULL,
  UNIQUE (event_id, key)
);
