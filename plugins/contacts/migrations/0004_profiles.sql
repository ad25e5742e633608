-- What people tell of themselves in the directory, and to whom their contact details are shown.
-- Who has no profile shows them to the members of common networks.

CREATE TABLE contacts_profile (
  person_id BIGINT PRIMARY KEY REFERENCES core_person (id),
  help_fi TEXT NOT NULL,
  help_sv TEXT NOT NULL,
  help_en TEXT NOT NULL,
  email_level TEXT NOT NULL CHECK (email_level IN ('public', 'network', 'coordinators')),
  phone_level TEXT NOT NULL CHECK (phone_level IN ('public', 'network', 'coordinators')),
  updated_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);

-- What somebody knows, in their own words, in their own order.
CREATE TABLE contacts_expertise (
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  position INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (person_id, position)
);

-- Languages that somebody speaks and target groups that they know: codes of fixed lists.
CREATE TABLE contacts_profile_tag (
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  kind TEXT NOT NULL CHECK (kind IN ('language', 'target_group')),
  code TEXT NOT NULL,
  PRIMARY KEY (person_id, kind, code)
);
