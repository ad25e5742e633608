-- What an organiser removed is put aside before it is gone, so that it can be taken back. Its number, its
-- places and what hangs on it stay as they are meanwhile.
ALTER TABLE events_event ADD COLUMN removed_at BIGINT;
ALTER TABLE events_session ADD COLUMN removed_at BIGINT;
ALTER TABLE events_quota ADD COLUMN removed_at BIGINT;
ALTER TABLE events_material ADD COLUMN removed_at BIGINT;
ALTER TABLE events_picture ADD COLUMN removed_at BIGINT;
