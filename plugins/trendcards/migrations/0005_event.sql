-- A card session may belong to an event of another plugin: its key there.
ALTER TABLE trendcards_session ADD COLUMN event_key BIGINT;
CREATE INDEX trendcards_session_event ON trendcards_session (event_key) WHERE event_key IS NOT NULL;
