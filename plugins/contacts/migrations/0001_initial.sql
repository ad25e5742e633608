-- Networks and who belongs to them. Days are ISO dates in Finland's calendar, an open end is NULL.

CREATE TABLE contacts_network (
  id ${ID},
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  purpose_fi TEXT NOT NULL,
  purpose_sv TEXT NOT NULL,
  purpose_en TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('theme', 'life_stage', 'project', 'regional')),
  region TEXT REFERENCES core_region (code),
  coordinator_id BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX contacts_network_name ON contacts_network (name_fi, id);
CREATE INDEX contacts_network_region ON contacts_network (region, name_fi, id);
CREATE INDEX contacts_network_coordinator ON contacts_network (coordinator_id);

-- A person on behalf of an organisation. The region is the one they speak for: in a regional network
-- always the network's own, so that a region's people are found without asking its networks.
CREATE TABLE contacts_member (
  id ${ID},
  network_id BIGINT NOT NULL REFERENCES contacts_network (id),
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  organisation_id BIGINT NOT NULL REFERENCES core_organisation (id),
  role TEXT NOT NULL CHECK (role IN ('contact_person', 'deputy', 'member')),
  region TEXT REFERENCES core_region (code),
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  CHECK (valid_to IS NULL OR valid_from <= valid_to)
);
CREATE INDEX contacts_member_network ON contacts_member (network_id, organisation_id);
CREATE INDEX contacts_member_person ON contacts_member (person_id, network_id);
CREATE INDEX contacts_member_organisation ON contacts_member (organisation_id);
CREATE INDEX contacts_member_region ON contacts_member (region, role);
