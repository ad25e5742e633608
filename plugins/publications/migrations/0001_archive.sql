-- Publications, their files, series, articles and downloads. Moments are milliseconds since 1970 in UTC.

CREATE TABLE publications_publication (
  id ${ID},
  short_code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'handbook', 'magazine', 'thesis', 'article', 'podcast', 'video',
                                     'slides', 'dataset', 'cards')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'published', 'withdrawn')),
  region TEXT REFERENCES core_region (code),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  abstract_fi TEXT NOT NULL,
  abstract_sv TEXT NOT NULL,
  abstract_en TEXT NOT NULL,
  publisher TEXT NOT NULL,
  -- A year, a month or a day; text sorts as time does.
  issued TEXT NOT NULL,
  language TEXT NOT NULL,
  isbn TEXT,
  issn TEXT,
  identifier TEXT,
  licence TEXT NOT NULL,
  project TEXT NOT NULL,
  embargo TEXT,
  withdrawn_why TEXT NOT NULL,
  created_by BIGINT REFERENCES core_person (id),
  created_at BIGINT NOT NULL,
  -- What harvesters ask for: whole seconds.
  changed_at BIGINT NOT NULL,
  published_at BIGINT,
  revision BIGINT NOT NULL,
  CHECK (changed_at % 1000 = 0),
  CHECK ((published_at IS NULL) = (state IN ('draft', 'review')))
);
CREATE INDEX publications_publication_list ON publications_publication (state, issued, id);
CREATE INDEX publications_publication_region ON publications_publication (region, state, issued, id);
CREATE INDEX publications_publication_changed ON publications_publication (changed_at, id);

CREATE TABLE publications_contributor (
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  position BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('creator', 'editor')),
  name TEXT NOT NULL,
  orcid TEXT,
  PRIMARY KEY (publication_id, position)
);

-- A subject of the vocabulary by its code, or a word of somebody's own.
CREATE TABLE publications_subject (
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  position BIGINT NOT NULL,
  is_free INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (publication_id, position)
);
CREATE INDEX publications_subject_word ON publications_subject (word, publication_id);

CREATE TABLE publications_relation (
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  relation TEXT NOT NULL CHECK (relation IN ('version_of', 'translation_of', 'accompanies')),
  target TEXT NOT NULL,
  PRIMARY KEY (publication_id, relation)
);

CREATE TABLE publications_series (
  id ${ID},
  -- A series has numbered issues, a collection has what belongs together.
  is_collection INTEGER NOT NULL,
  region TEXT REFERENCES core_region (code),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  about_fi TEXT NOT NULL,
  about_sv TEXT NOT NULL,
  about_en TEXT NOT NULL,
  issn TEXT,
  revision BIGINT NOT NULL
);

CREATE TABLE publications_placement (
  series_id BIGINT NOT NULL REFERENCES publications_series (id),
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  issue TEXT NOT NULL,
  PRIMARY KEY (series_id, publication_id)
);
CREATE INDEX publications_placement_publication ON publications_placement (publication_id);

-- What a publication consists of; each part has versions, the newest one counts.
CREATE TABLE publications_part (
  id ${ID},
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  position BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('main', 'supplement', 'alternative')),
  label TEXT NOT NULL,
  is_accessible INTEGER NOT NULL
);
CREATE INDEX publications_part_publication ON publications_part (publication_id, position);

CREATE TABLE publications_version (
  part_id BIGINT NOT NULL REFERENCES publications_part (id),
  number BIGINT NOT NULL,
  file_id BIGINT NOT NULL REFERENCES core_file (id),
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT REFERENCES core_person (id),
  PRIMARY KEY (part_id, number)
);
CREATE INDEX publications_version_file ON publications_version (file_id);

-- How often a publication's files were taken on a day; nothing about who did.
CREATE TABLE publications_download (
  publication_id BIGINT NOT NULL REFERENCES publications_publication (id),
  day TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  PRIMARY KEY (publication_id, day)
);

CREATE TABLE publications_article (
  id ${ID},
  region TEXT REFERENCES core_region (code),
  is_published INTEGER NOT NULL,
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  body_fi TEXT NOT NULL,
  body_sv TEXT NOT NULL,
  body_en TEXT NOT NULL,
  author TEXT NOT NULL,
  day TEXT NOT NULL,
  image_id BIGINT REFERENCES core_file (id),
  image_alt TEXT NOT NULL,
  created_by BIGINT REFERENCES core_person (id),
  changed_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX publications_article_day ON publications_article (is_published, day, id);
