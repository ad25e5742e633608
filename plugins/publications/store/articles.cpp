#include "store/articles.h"

namespace toimela::publications::store {

namespace {

#define COLUMNS                                                                                              \
  "SELECT a.id, a.region, a.is_published, a.title_fi, a.title_sv, a.title_en, a.body_fi, a.body_sv, a.body_en, " \
  "a.author, a.day, a.image_id, a.image_alt, a.revision FROM publications_article a "
#define IS_PUBLIC                                                                       \
  "a.is_published = 1 AND a.removed_at IS NULL AND (a.region IS NULL OR a.region IN "                           \
  "(SELECT p.region FROM core_plugin_active p WHERE p.plugin = 'publications')) "
#define IS_OF_REGION "(CAST(:region AS TEXT) IS NULL OR a.region = CAST(:region AS TEXT)) "
constexpr Sql kFind{"publications.article.find", COLUMNS "WHERE a.id = :id AND a.removed_at IS NULL"};
constexpr Sql kBy{"publications.article.by_person", COLUMNS "WHERE a.created_by = :person AND a.removed_at IS NULL ORDER BY a.id"};
constexpr Sql kAfter{"publications.article.after", COLUMNS "WHERE a.id > :after AND a.removed_at IS NULL ORDER BY a.id LIMIT :limit"};
constexpr Sql kSame{"publications.article.same",
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM publications_article WHERE day = :day AND title_fi = :fi "
                    "AND removed_at IS NULL AND title_sv = :sv AND title_en = :en AND COALESCE(region, '') = COALESCE(CAST(:region AS TEXT), '')"};
constexpr Sql kList{"publications.article.list",
                    COLUMNS "WHERE " IS_PUBLIC "AND " IS_OF_REGION
                    "AND (CAST(:month AS TEXT) IS NULL OR SUBSTR(a.day, 1, 7) = CAST(:month AS TEXT)) "
                    "ORDER BY a.day DESC, a.id DESC LIMIT :limit"};
constexpr Sql kDrafts{"publications.article.drafts",
                      COLUMNS "WHERE a.is_published = 0 AND a.removed_at IS NULL AND (a.region = CAST(:region AS TEXT) OR "
                      "(a.region IS NULL AND CAST(:region AS TEXT) IS NULL)) ORDER BY a.id DESC LIMIT :limit"};
constexpr Sql kMonths{"publications.article.months",
                      "SELECT SUBSTR(a.day, 1, 7), CAST(COUNT(*) AS BIGINT) FROM publications_article a WHERE " IS_PUBLIC
                      "AND " IS_OF_REGION "GROUP BY SUBSTR(a.day, 1, 7) ORDER BY 1 DESC"};
#undef COLUMNS
#undef IS_PUBLIC
#undef IS_OF_REGION
constexpr Sql kInsert{"publications.article.insert",
                      "INSERT INTO publications_article (region, is_published, title_fi, title_sv, title_en, body_fi, "
                      "body_sv, body_en, author, day, image_id, image_alt, created_by, changed_at, revision) VALUES "
                      "(:region, :is_published, :title_fi, :title_sv, :title_en, :body_fi, :body_sv, :body_en, :author, "
                      ":day, :image, :alt, :created_by, :changed_at, 1) RETURNING id"};
constexpr Sql kUpdate{"publications.article.update",
                      "UPDATE publications_article SET is_published = :is_published, title_fi = :title_fi, "
                      "title_sv = :title_sv, title_en = :title_en, body_fi = :body_fi, body_sv = :body_sv, "
                      "body_en = :body_en, author = :author, day = :day, image_id = :image, image_alt = :alt, "
                      "changed_at = :changed_at, revision = revision + 1 WHERE id = :id AND revision = :revision "
                      "AND removed_at IS NULL"};
constexpr Sql kRemove{"publications.article.remove",
                      "UPDATE publications_article SET removed_at = :at, revision = revision + 1 "
                      "WHERE id = :id AND removed_at IS NULL"};
constexpr Sql kRestore{"publications.article.restore",
                       "UPDATE publications_article SET removed_at = NULL, revision = revision + 1 "
                       "WHERE id = :id AND revision = :revision AND removed_at IS NOT NULL"};
constexpr Sql kClear{"publications.article.clear",
                     "DELETE FROM publications_article WHERE removed_at < :before RETURNING image_id"};

Article toArticle(ArticleId id, std::optional<RegionCode> region, bool isPublished, std::string titleFi,
                  std::string titleSv, std::string titleEn, std::string bodyFi, std::string bodySv, std::string bodyEn,
                  std::string author, Date day, std::optional<FileId> image, std::string imageAlt, std::int64_t revision) {
  return {id,
          region,
          isPublished,
          {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
          {std::move(bodyFi), std::move(bodySv), std::move(bodyEn)},
          std::move(author),
          day,
          image,
          std::move(imageAlt),
          revision};
}

}  // namespace

std::optional<Article> findArticle(ReadTx& tx, ArticleId id) { return tx.first(kFind, toArticle, id); }
std::vector<Article> articles(ReadTx& tx, std::optional<RegionCode> region, const std::optional<std::string>& month,
                              bool drafts, int limit) {
  return drafts ? tx.all(kDrafts, toArticle, region, limit) : tx.all(kList, toArticle, region, month, limit);
}
std::vector<MonthCount> articleMonths(ReadTx& tx, std::optional<RegionCode> region) {
  return tx.all(kMonths, [](std::string month, std::int64_t count) { return MonthCount{std::move(month), count}; }, region);
}
std::vector<Article> articlesAfter(ReadTx& tx, ArticleId after, int limit) { return tx.all(kAfter, toArticle, after, limit); }
bool isThere(ReadTx& tx, const Article& a) {
  return tx.value<std::int64_t>(kSame, a.day, a.title.fi, a.title.sv, a.title.en, a.region) > 0;
}
std::vector<Article> articlesBy(ReadTx& tx, PersonId person) { return tx.all(kBy, toArticle, person); }
ArticleId insertArticle(WriteTx& tx, const Article& a) {
  return tx.insert<ArticleId>(kInsert, a.region, a.isPublished, a.title.fi, a.title.sv, a.title.en, a.body.fi, a.body.sv,
                              a.body.en, a.author, a.day, a.image, a.imageAlt, tx.actor(), tx.time());
}
bool updateArticle(WriteTx& tx, const Article& a) {
  return tx.run(kUpdate, a.isPublished, a.title.fi, a.title.sv, a.title.en, a.body.fi, a.body.sv, a.body.en, a.author,
                a.day, a.image, a.imageAlt, tx.time(), a.id, a.revision) == 1;
}
bool removeArticle(WriteTx& tx, ArticleId id) { return tx.run(kRemove, tx.time(), id) == 1; }
bool restoreArticle(WriteTx& tx, ArticleId id, std::int64_t revision) { return tx.run(kRestore, id, revision) == 1; }
std::vector<FileId> clearArticles(WriteTx& tx, Instant before) {
  std::vector<FileId> pictures;
  for (const auto& picture : tx.all(kClear, [](std::optional<FileId> image) { return image; }, before))
    if (picture) pictures.push_back(*picture);
  return pictures;
}


}  // namespace toimela::publications::store
