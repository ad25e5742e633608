-- A question that was removed, too, is put aside before it is gone. What hangs on it keeps its condition meanwhile.
ALTER TABLE events_question ADD COLUMN removed_at BIGINT;
