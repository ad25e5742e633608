-- The words by which things are found, and the places of their names in each language's alphabet.
-- Both compare byte by byte.

CREATE TABLE core_word (
  kind TEXT COLLATE "C" NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  object BIGINT NOT NULL,
  PRIMARY KEY (kind, word, object)
);
CREATE INDEX core_word_object ON core_word (kind, object);

CREATE TABLE core_name (
  kind TEXT COLLATE "C" NOT NULL,
  object BIGINT NOT NULL,
  key_fi TEXT COLLATE "C" NOT NULL,
  key_sv TEXT COLLATE "C" NOT NULL,
  key_en TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (kind, object)
);
CREATE INDEX core_name_fi ON core_name (kind, key_fi, object);
CREATE INDEX core_name_sv ON core_name (kind, key_sv, object);
CREATE INDEX core_name_en ON core_name (kind, key_en, object);
