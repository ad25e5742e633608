-- The board of a network: what its people tell and ask each other.

-- active_at is the time of the newest thing in the discussion. An author who was erased is NULL. A post
-- that was removed stays as a trace without its words.
CREATE TABLE contacts_post (
  id ${ID},
  network_id BIGINT NOT NULL REFERENCES contacts_network (id),
  kind TEXT NOT NULL CHECK (kind IN ('post', 'tip', 'question', 'announcement')),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT NOT NULL,
  author_id BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  edited_at BIGINT,
  active_at BIGINT NOT NULL,
  removed_at BIGINT,
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
  revision BIGINT NOT NULL
);
CREATE INDEX contacts_post_board ON contacts_post (network_id, pinned, active_at, id);
CREATE INDEX contacts_post_number ON contacts_post (network_id, id);
CREATE INDEX contacts_post_author ON contacts_post (author_id);

CREATE TABLE contacts_comment (
  id ${ID},
  post_id BIGINT NOT NULL REFERENCES contacts_post (id),
  body TEXT NOT NULL,
  language TEXT NOT NULL,
  author_id BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  edited_at BIGINT,
  removed_at BIGINT,
  revision BIGINT NOT NULL
);
CREATE INDEX contacts_comment_post ON contacts_comment (post_id, id);
CREATE INDEX contacts_comment_author ON contacts_comment (author_id);

-- The regions an announcement is for; none means all.
CREATE TABLE contacts_post_region (
  post_id BIGINT NOT NULL REFERENCES contacts_post (id),
  region TEXT NOT NULL REFERENCES core_region (code),
  PRIMARY KEY (post_id, region)
);

-- file_id is a file of the service, see toimela/files.h.
CREATE TABLE contacts_attachment (
  file_id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL REFERENCES contacts_post (id)
);
CREATE INDEX contacts_attachment_post ON contacts_attachment (post_id);
