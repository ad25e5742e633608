-- How a network lives: who asks to join and who is asked, how well the regions are covered, how a
-- place passes from one to the next.

-- Somebody asks to join. A person has at most one open application to a network.
CREATE TABLE contacts_application (
  id ${ID},
  network_id BIGINT NOT NULL REFERENCES contacts_network (id),
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  organisation_id BIGINT NOT NULL REFERENCES core_organisation (id),
  role TEXT NOT NULL CHECK (role IN ('contact_person', 'deputy', 'member')),
  region TEXT REFERENCES core_region (code),
  message TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
  reason TEXT NOT NULL,
  member_id BIGINT REFERENCES contacts_member (id),
  decided_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  decided_at BIGINT
);
CREATE UNIQUE INDEX contacts_application_open ON contacts_application (network_id, person_id)
  WHERE state = 'open';
CREATE INDEX contacts_application_network ON contacts_application (network_id, state, id);
CREATE INDEX contacts_application_person ON contacts_application (person_id, id);
CREATE INDEX contacts_application_member ON contacts_application (member_id);

-- A place that somebody is asked to take. It is gone as soon as they have answered.
CREATE TABLE contacts_invitation (
  id ${ID},
  network_id BIGINT NOT NULL REFERENCES contacts_network (id),
  invitation BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES core_organisation (id),
  role TEXT NOT NULL CHECK (role IN ('contact_person', 'deputy', 'member')),
  region TEXT REFERENCES core_region (code),
  valid_from TEXT,
  valid_to TEXT,
  succeeds_id BIGINT REFERENCES contacts_member (id),
  invited_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contacts_invitation_open ON contacts_invitation (network_id, email_key);
CREATE INDEX contacts_invitation_succeeds ON contacts_invitation (succeeds_id);

-- A network that follows how many organisations have a contact person in each region. Without
-- numbers of its own the setting of each region counts.
CREATE TABLE contacts_coverage (
  network_id BIGINT PRIMARY KEY REFERENCES contacts_network (id),
  least BIGINT,
  most BIGINT,
  told_at BIGINT,
  revision BIGINT NOT NULL,
  CHECK (least IS NULL OR most IS NULL OR least <= most)
);
CREATE TABLE contacts_coverage_exception (
  network_id BIGINT NOT NULL REFERENCES contacts_network (id),
  region TEXT NOT NULL REFERENCES core_region (code),
  PRIMARY KEY (network_id, region)
);

-- The last day on which a member signed in; nothing more is noted of it.
CREATE TABLE contacts_presence (
  person_id BIGINT PRIMARY KEY REFERENCES core_person (id),
  day TEXT NOT NULL
);

-- The day on which somebody said that the member still has the place.
ALTER TABLE contacts_member ADD COLUMN confirmed_on TEXT;

-- What the one who leaves a place tells the next, and who that is.
CREATE TABLE contacts_handover (
  member_id BIGINT PRIMARY KEY REFERENCES contacts_member (id),
  successor_id BIGINT REFERENCES contacts_member (id),
  notes TEXT NOT NULL,
  written_by BIGINT REFERENCES core_person (id),
  written_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX contacts_handover_successor ON contacts_handover (successor_id);
