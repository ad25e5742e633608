// Articles in the database.
#pragma once

#include <optional>
#include <vector>

#include "domain/article.h"
#include "toimela/data.h"

namespace toimela::publications::store {

std::optional<Article> findArticle(ReadTx& tx, ArticleId id);
/// Newest first; of a month "2017-10", or of any. Drafts only where `drafts`.
std::vector<Article> articles(ReadTx& tx, std::optional<RegionCode> region, const std::optional<std::string>& month,
                              bool drafts, int limit);
struct MonthCount {
  std::string month;
  std::int64_t count;
};
std::vector<MonthCount> articleMonths(ReadTx& tx, std::optional<RegionCode> region);
/// By id, for exports.
std::vector<Article> articlesAfter(ReadTx& tx, ArticleId after, int limit);
/// One of the same day, place and title, for imports that come twice.
bool isThere(ReadTx& tx, const Article& article);
std::vector<Article> articlesBy(ReadTx& tx, PersonId person);
ArticleId insertArticle(WriteTx& tx, const Article& article);
/// False when somebody else saved it since.
[[nodiscard]] bool updateArticle(WriteTx& tx, const Article& article);
/// Nobody finds it any more, and it can be restored. False when it was removed already.
[[nodiscard]] bool removeArticle(WriteTx& tx, ArticleId id);
/// False when it is no longer as its removal left it, at that revision.
[[nodiscard]] bool restoreArticle(WriteTx& tx, ArticleId id, std::int64_t revision);
/// Deletes those removed before then; their pictures are the caller's to forget.
std::vector<FileId> clearArticles(WriteTx& tx, Instant before);

}  // namespace toimela::publications::store
