-- Decks, their editions and cards, and collections of cards. Moments are milliseconds since 1970 in UTC.

CREATE TABLE trendcards_deck (
  id ${ID},
  -- Nothing: the nation's.
  region TEXT REFERENCES core_region (code),
  key TEXT NOT NULL,
  licence TEXT NOT NULL,
  origin_deck_id BIGINT REFERENCES trendcards_deck (id),
  created_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  put_aside_at BIGINT,
  revision BIGINT NOT NULL
);
CREATE INDEX trendcards_deck_region ON trendcards_deck (region, id);
CREATE INDEX trendcards_deck_origin ON trendcards_deck (origin_deck_id);

CREATE TABLE trendcards_deck_theme (
  deck_id BIGINT NOT NULL REFERENCES trendcards_deck (id),
  key TEXT NOT NULL,
  position BIGINT NOT NULL,
  colour TEXT NOT NULL CHECK (colour IN ('blue', 'green', 'red', 'yellow', 'purple', 'brown')),
  PRIMARY KEY (deck_id, key)
);

-- A published edition never changes: what is new is a new version.
CREATE TABLE trendcards_edition (
  id ${ID},
  deck_id BIGINT NOT NULL REFERENCES trendcards_deck (id),
  language TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  is_plain INTEGER NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  title TEXT NOT NULL,
  introduction TEXT NOT NULL,
  origin_edition_id BIGINT REFERENCES trendcards_edition (id),
  created_at BIGINT NOT NULL,
  published_at BIGINT,
  revision BIGINT NOT NULL,
  UNIQUE (deck_id, language, is_plain, version),
  CHECK ((published_at IS NULL) = (state = 'draft'))
);
-- One draft of a language at a time.
CREATE UNIQUE INDEX trendcards_edition_draft ON trendcards_edition (deck_id, language, is_plain)
  WHERE state = 'draft';
CREATE INDEX trendcards_edition_origin ON trendcards_edition (origin_edition_id);

CREATE TABLE trendcards_edition_theme (
  edition_id BIGINT NOT NULL REFERENCES trendcards_edition (id),
  key TEXT NOT NULL,
  position BIGINT NOT NULL,
  colour TEXT NOT NULL CHECK (colour IN ('blue', 'green', 'red', 'yellow', 'purple', 'brown')),
  name TEXT NOT NULL,
  PRIMARY KEY (edition_id, key)
);

CREATE TABLE trendcards_card (
  id ${ID},
  edition_id BIGINT NOT NULL REFERENCES trendcards_edition (id),
  number BIGINT NOT NULL,
  -- The same in all editions and versions of the deck.
  trend BIGINT NOT NULL,
  theme TEXT NOT NULL,
  title TEXT NOT NULL,
  front TEXT NOT NULL,
  back TEXT NOT NULL,
  -- One a line.
  sources TEXT NOT NULL,
  tags TEXT NOT NULL,
  image_id BIGINT,
  alternative TEXT NOT NULL,
  UNIQUE (edition_id, trend)
);
CREATE INDEX trendcards_card_number ON trendcards_card (edition_id, number);
CREATE INDEX trendcards_card_image ON trendcards_card (image_id);

CREATE TABLE trendcards_collection (
  id ${ID},
  owner_id BIGINT NOT NULL REFERENCES core_person (id),
  name TEXT NOT NULL,
  -- In the address by which it is shared: who has it may look.
  share_key TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);
CREATE INDEX trendcards_collection_owner ON trendcards_collection (owner_id, id);

CREATE TABLE trendcards_collection_card (
  collection_id BIGINT NOT NULL REFERENCES trendcards_collection (id),
  card_id BIGINT NOT NULL REFERENCES trendcards_card (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (collection_id, card_id)
);
CREATE INDEX trendcards_collection_card_card ON trendcards_collection_card (card_id);
