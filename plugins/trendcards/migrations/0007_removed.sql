-- What was removed can be taken back for an hour; then it is deleted. A published edition has no removed cards.
ALTER TABLE trendcards_card ADD COLUMN removed_at BIGINT;
CREATE INDEX trendcards_card_removed ON trendcards_card (removed_at) WHERE removed_at IS NOT NULL;
ALTER TABLE trendcards_collection ADD COLUMN removed_at BIGINT;
CREATE INDEX trendcards_collection_removed ON trendcards_collection (removed_at) WHERE removed_at IS NOT NULL;
-- A text of a session, with the dots that it had.
ALTER TABLE trendcards_contribution ADD COLUMN removed_at BIGINT;
CREATE INDEX trendcards_contribution_removed ON trendcards_contribution (removed_at) WHERE removed_at IS NOT NULL;
