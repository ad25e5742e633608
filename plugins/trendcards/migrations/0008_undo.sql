-- Drafts, decks that were never published and pictures of cards, too, can be taken back for an hour.
ALTER TABLE trendcards_deck ADD COLUMN removed_at BIGINT;
CREATE INDEX trendcards_deck_removed ON trendcards_deck (removed_at) WHERE removed_at IS NOT NULL;
ALTER TABLE trendcards_edition ADD COLUMN removed_at BIGINT CHECK (removed_at IS NULL OR state = 'draft');
CREATE INDEX trendcards_edition_removed ON trendcards_edition (removed_at) WHERE removed_at IS NOT NULL;
-- The picture that a card had last, with what was said of it.
ALTER TABLE trendcards_card ADD COLUMN former_image_id BIGINT;
ALTER TABLE trendcards_card ADD COLUMN former_alternative TEXT;
ALTER TABLE trendcards_card ADD COLUMN picture_removed_at BIGINT;
CREATE INDEX trendcards_card_former_image ON trendcards_card (former_image_id) WHERE former_image_id IS NOT NULL;
CREATE INDEX trendcards_card_picture_removed ON trendcards_card (picture_removed_at)
  WHERE picture_removed_at IS NOT NULL;
