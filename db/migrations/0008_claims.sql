-- Somebody asks to represent an organisation, or to register a new one and represent it; the region
-- decides. What is proposed of a new one stands here until then.
CREATE TABLE core_claim (
  id ${ID},
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  organisation_id BIGINT REFERENCES core_organisation (id),
  region TEXT NOT NULL REFERENCES core_region (code),
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  business_id TEXT,
  register_number TEXT NOT NULL,
  sector TEXT NOT NULL,
  municipality TEXT REFERENCES core_municipality (code),
  website TEXT NOT NULL,
  summary_fi TEXT NOT NULL,
  summary_sv TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'withdrawn')),
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  decided_at BIGINT
);
CREATE UNIQUE INDEX core_claim_open ON core_claim (person_id, organisation_id) WHERE state = 'open';
CREATE INDEX core_claim_person ON core_claim (person_id, id);
CREATE INDEX core_claim_region ON core_claim (state, region, id);

-- People who want to be forgotten; until `due_at` they can change their mind.
CREATE TABLE core_erasure (
  person_id BIGINT PRIMARY KEY REFERENCES core_person (id),
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL
);
CREATE INDEX core_erasure_due ON core_erasure (due_at);
