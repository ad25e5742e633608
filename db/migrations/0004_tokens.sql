-- Personal access tokens for the API. token_hash is SHA-256 of the token; the token itself is
-- stored nowhere. scopes are separated by spaces (RFC 6749, section 3.3); last_used_on is a day, as
-- nobody needs to know more of somebody's habits to see whether a token is still needed.
CREATE TABLE core_token (
  id ${ID},
  token_hash TEXT NOT NULL UNIQUE,
  public_id TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_on TEXT,
  UNIQUE (person_id, name)
);
CREATE INDEX core_token_expires ON core_token (expires_at);
