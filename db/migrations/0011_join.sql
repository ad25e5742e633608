-- Wishes for an account, beside those for a link. The table holds what the last seconds brought.
DROP TABLE core_account_request;
CREATE TABLE core_account_request (
  id ${ID},
  kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'password_reset', 'join')),
  email_key TEXT NOT NULL,
  language TEXT NOT NULL,
  next_path TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
