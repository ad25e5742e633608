-- A collection has its link while its owner wants it; links that were given before go on.
ALTER TABLE trendcards_collection ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 1;
