-- Letters that are written when they go out: which kind, and about what.
CREATE TABLE core_letter (
  id ${ID},
  kind TEXT NOT NULL,
  about BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

-- An iCalendar object that goes with the mail (RFC 6047); empty for ordinary mail.
ALTER TABLE core_outbox ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
