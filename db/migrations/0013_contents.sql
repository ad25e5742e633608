-- Contents are stored once, under their digest (core_file.sha256); these tables say what is known of
-- each. Files from before keep lying under core_file.stored_name until they are moved.
CREATE TABLE core_content (
  sha256 TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  text_state TEXT NOT NULL CHECK (text_state IN ('waiting', 'read', 'unreadable', 'none')),
  attempts INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  thumbnail TEXT,
  verified_at BIGINT NOT NULL,
  damage TEXT
);
CREATE INDEX core_content_waiting ON core_content (text_state, next_at);
CREATE INDEX core_content_verified ON core_content (verified_at);
CREATE INDEX core_content_thumbnail ON core_content (thumbnail);
CREATE INDEX core_file_sha256 ON core_file (sha256);

CREATE TABLE core_content_text (
  sha256 TEXT PRIMARY KEY REFERENCES core_content (sha256),
  text TEXT NOT NULL
);

INSERT INTO core_content (sha256, type, size, text_state, attempts, next_at, verified_at)
  SELECT sha256, MIN(type), MIN(size), 'waiting', 0, 0, MIN(created_at) FROM core_file GROUP BY sha256;

-- Uploads in pieces, until they are kept or have run out. `digest` is the state of SHA-256 after the
-- `received` bytes that are safe on disk.
CREATE TABLE core_upload (
  token TEXT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES core_person (id),
  place TEXT NOT NULL,
  name TEXT NOT NULL,
  length BIGINT NOT NULL,
  received BIGINT NOT NULL,
  digest TEXT NOT NULL,
  type TEXT,
  sha256 TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX core_upload_owner ON core_upload (owner_id);
CREATE INDEX core_upload_sha256 ON core_upload (sha256);
