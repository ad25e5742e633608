-- Card sessions: people who work with the cards of an edition at the same time, and what they gave.

-- The edition is a published version and never changes; its cards are named by their numbers.
CREATE TABLE trendcards_session (
  id ${ID},
  region TEXT NOT NULL REFERENCES core_region (code),
  edition_id BIGINT NOT NULL REFERENCES trendcards_edition (id),
  facilitator_id BIGINT REFERENCES core_person (id),
  exercise TEXT NOT NULL CHECK (exercise IN ('rank', 'impact', 'tension', 'story', 'ideas', 'start')),
  title TEXT NOT NULL,
  question TEXT NOT NULL,
  drawn INTEGER NOT NULL CHECK (drawn BETWEEN 3 AND 6),
  dots INTEGER NOT NULL CHECK (dots BETWEEN 1 AND 10),
  groups INTEGER NOT NULL CHECK (groups BETWEEN 0 AND 20),
  ceiling INTEGER NOT NULL CHECK (ceiling BETWEEN 1 AND 2000),
  minutes INTEGER NOT NULL,
  naming TEXT NOT NULL CHECK (naming IN ('anonymous', 'optional', 'required')),
  asks_sector INTEGER NOT NULL CHECK (asks_sector IN (0, 1)),
  feeds_map INTEGER NOT NULL CHECK (feeds_map IN (0, 1)),
  code TEXT NOT NULL UNIQUE,
  phase TEXT NOT NULL CHECK (phase IN ('lobby', 'discussing', 'working', 'voting', 'done')),
  timer_until BIGINT,
  -- Counted here so that the database itself keeps the ceiling, however many come at once.
  participants INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  ended_at BIGINT,
  revision BIGINT NOT NULL,
  is_forgotten INTEGER NOT NULL CHECK (is_forgotten IN (0, 1)),
  form_key TEXT NOT NULL UNIQUE,
  CHECK (participants BETWEEN 0 AND ceiling)
);
CREATE INDEX trendcards_session_region ON trendcards_session (region, id);
CREATE INDEX trendcards_session_facilitator ON trendcards_session (facilitator_id);
CREATE INDEX trendcards_session_edition ON trendcards_session (edition_id);
-- Whose nicknames are still to be forgotten.
CREATE INDEX trendcards_session_forgetting ON trendcards_session (is_forgotten, closes_at);

CREATE TABLE trendcards_session_card (
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  card_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (session_id, card_number)
);

-- client_key tells a browser, or a program, from others without telling anybody who it is: whoever
-- comes in twice is one participant.
CREATE TABLE trendcards_participant (
  id ${ID},
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  client_key TEXT NOT NULL,
  nickname TEXT NOT NULL,
  group_number INTEGER NOT NULL,
  sector TEXT,
  joined_at BIGINT NOT NULL,
  UNIQUE (session_id, client_key)
);

CREATE TABLE trendcards_drawn (
  participant_id BIGINT NOT NULL REFERENCES trendcards_participant (id),
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  card_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (participant_id, card_number)
);
CREATE INDEX trendcards_drawn_session ON trendcards_drawn (session_id, card_number);

CREATE TABLE trendcards_ranked (
  participant_id BIGINT NOT NULL REFERENCES trendcards_participant (id),
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  card_number INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  PRIMARY KEY (participant_id, card_number),
  UNIQUE (participant_id, position)
);
CREATE INDEX trendcards_ranked_session ON trendcards_ranked (session_id, participant_id, position);

CREATE TABLE trendcards_placement (
  participant_id BIGINT NOT NULL REFERENCES trendcards_participant (id),
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  card_number INTEGER NOT NULL,
  likelihood INTEGER NOT NULL CHECK (likelihood BETWEEN 1 AND 5),
  impact INTEGER NOT NULL CHECK (impact BETWEEN 1 AND 5),
  PRIMARY KEY (participant_id, card_number)
);
CREATE INDEX trendcards_placement_session ON trendcards_placement (session_id, card_number);

-- send_key is made by who sends: the same one again is the same text.
CREATE TABLE trendcards_contribution (
  id ${ID},
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  participant_id BIGINT REFERENCES trendcards_participant (id),
  send_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tension', 'link', 'idea', 'start', 'note')),
  group_number INTEGER NOT NULL,
  card_number INTEGER,
  other_card_number INTEGER,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  need TEXT NOT NULL,
  step TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  UNIQUE (session_id, send_key)
);
CREATE INDEX trendcards_contribution_session ON trendcards_contribution (session_id, kind, group_number, position, id);
CREATE INDEX trendcards_contribution_participant ON trendcards_contribution (participant_id);

CREATE TABLE trendcards_dot (
  participant_id BIGINT NOT NULL REFERENCES trendcards_participant (id),
  contribution_id BIGINT NOT NULL REFERENCES trendcards_contribution (id),
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  dots INTEGER NOT NULL CHECK (dots BETWEEN 1 AND 10),
  PRIMARY KEY (participant_id, contribution_id)
);
CREATE INDEX trendcards_dot_session ON trendcards_dot (session_id, contribution_id);
