-- Files that people sent. The content lies in the data folder under stored_name, which is random.
CREATE TABLE core_file (
  id ${ID},
  stored_name TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  owner_id BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX core_file_owner ON core_file (owner_id);
