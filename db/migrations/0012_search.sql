-- What has changed since when, for the indexes of the search. A row is written in the transaction
-- of the change; object 0 is everything of a kind. `writer` orders the transactions where several
-- write at once.
CREATE TABLE core_search_change (
  id ${ID},
  writer BIGINT NOT NULL,
  kind TEXT NOT NULL,
  object BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX core_search_change_order ON core_search_change (writer, id);
CREATE INDEX core_search_change_age ON core_search_change (changed_at);

-- One row: a name that an index recognises its database by, and how far the log was trimmed.
CREATE TABLE core_search_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  lineage TEXT NOT NULL,
  trimmed_writer BIGINT NOT NULL,
  trimmed_row BIGINT NOT NULL
);
