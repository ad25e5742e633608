-- Ways to one's account beside the password. Every token is stored as SHA-256 only and works once.

-- Somebody asked for a mail with a link. Nobody has looked yet whether the address has an account:
-- a job does, so that asking takes the same time for every address.
CREATE TABLE core_account_request (
  id ${ID},
  kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'password_reset')),
  email_key TEXT NOT NULL,
  language TEXT NOT NULL,
  next_path TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- sign_in, password_reset and email came by mail; second_factor is carried by the page that asks for
-- the code. detail: the page to go to, or the new address.
CREATE TABLE core_account_token (
  token_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'password_reset', 'email', 'second_factor')),
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  detail TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX core_account_token_person ON core_account_token (person_id);
CREATE INDEX core_account_token_expires ON core_account_token (expires_at);

-- TOTP (RFC 6238). The secret is sealed with the service's own secret; until it was confirmed by a
-- code it is asked of nobody. last_step is the last time step whose code was taken.
CREATE TABLE core_second_factor (
  person_id BIGINT PRIMARY KEY REFERENCES core_person (id),
  sealed_secret TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL
);

-- Gone when used.
CREATE TABLE core_recovery_code (
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (person_id, code_hash)
);

-- Gone when accepted, declined or out of time.
CREATE TABLE core_invitation (
  id ${ID},
  token_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  language TEXT NOT NULL,
  reason TEXT NOT NULL,
  purpose TEXT NOT NULL,
  path TEXT NOT NULL,
  invited_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX core_invitation_email ON core_invitation (email_key);
CREATE INDEX core_invitation_purpose ON core_invitation (purpose);
CREATE INDEX core_invitation_expires ON core_invitation (expires_at);

-- Whose mail it is, also after they changed their address; empty for an address of nobody. The text
-- of a confidential mail is a key to an account: nobody is shown it, and it goes once it was sent.
ALTER TABLE core_outbox ADD COLUMN person_id BIGINT REFERENCES core_person (id);
ALTER TABLE core_outbox ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
CREATE INDEX core_outbox_person ON core_outbox (person_id);
