-- What was removed can be taken back for an hour; then it is deleted (docs/publications.md).
ALTER TABLE publications_article ADD COLUMN removed_at BIGINT;
CREATE INDEX publications_article_removed ON publications_article (removed_at) WHERE removed_at IS NOT NULL;

-- A draft, or a file of one: of what was published nothing is removed.
ALTER TABLE publications_publication ADD COLUMN removed_at BIGINT CHECK (removed_at IS NULL OR published_at IS NULL);
CREATE INDEX publications_publication_removed ON publications_publication (removed_at) WHERE removed_at IS NOT NULL;
ALTER TABLE publications_part ADD COLUMN removed_at BIGINT;
CREATE INDEX publications_part_removed ON publications_part (removed_at) WHERE removed_at IS NOT NULL;
