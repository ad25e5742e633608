-- What people follow, how soon they want to hear of it, and what has not been mailed to them yet.

-- A topic as it was last told of: "contacts.network:12". The region says where its plugin must be on.
CREATE TABLE core_notice_topic (
  key TEXT PRIMARY KEY,
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  path TEXT NOT NULL,
  region TEXT REFERENCES core_region (code)
);

CREATE TABLE core_notice_choice (
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  topic TEXT NOT NULL REFERENCES core_notice_topic (key),
  pace TEXT NOT NULL CHECK (pace IN ('at_once', 'daily', 'weekly', 'never')),
  PRIMARY KEY (person_id, topic)
);
CREATE INDEX core_notice_choice_topic ON core_notice_choice (topic);

-- Only what is unsent: the mail that takes a notice along deletes it. A later notice of the same
-- object takes the place of an unsent one; since is the time of the first, which decides when it is
-- due, at that of the last, which decides its place in the mail.
CREATE TABLE core_notice (
  id ${ID},
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  topic TEXT NOT NULL REFERENCES core_notice_topic (key),
  object TEXT NOT NULL,
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  path TEXT NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  since BIGINT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (person_id, topic, object)
);
CREATE INDEX core_notice_object ON core_notice (topic, object);

-- What the link in a mail ends: the topics of that mail, a key on each line. token_hash is SHA-256 of
-- the token in the link.
CREATE TABLE core_notice_link (
  token_hash TEXT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  topics TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX core_notice_link_person ON core_notice_link (person_id);
CREATE INDEX core_notice_link_created ON core_notice_link (created_at);
