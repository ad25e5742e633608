#include "operations/articles.h"

#include "store/articles.h"
#include "toimela/bookkeeping.h"

namespace toimela::publications::operations {

namespace {

AuditEntry entry(const char* action, ArticleId id, std::optional<RegionCode> region) {
  return {.action = action, .object = "publications.article:" + id.text(), .region = region};
}

Article require(ReadTx& tx, ArticleId id) {
  auto found = store::findArticle(tx, id);
  if (!found) throw NotFound();
  return std::move(*found);
}

}  // namespace

ArticleId addArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture) {
  if (picture) article.image = files::keep(tx, *picture, std::nullopt);
  const auto id = store::insertArticle(tx, article);
  tx.audit(entry("publications.article.add", id, article.region));
  return id;
}

bool saveArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture) {
  const Article current = require(tx, article.id);
  article.image = current.image;
  if (picture && article.revision == current.revision) article.image = files::keep(tx, *picture, std::nullopt);
  if (article.revision != current.revision || !store::updateArticle(tx, article)) {
    if (article.image != current.image) files::remove(tx, *article.image);
    tx.unaudited("nothing was changed: somebody else saved it first");
    return false;
  }
  if (picture && current.image) files::remove(tx, *current.image);
  tx.audit(entry("publications.article.save", article.id, current.region));
  return true;
}

void removeArticle(WriteTx& tx, ArticleId id) {
  const Article article = require(tx, id);
  if (!store::removeArticle(tx, id)) throw NotFound();
  tx.audit(entry("publications.article.remove", id, article.region));
}

bool restoreArticle(WriteTx& tx, ArticleId id, std::int64_t revision) {
  if (!store::restoreArticle(tx, id, revision)) {
    tx.unaudited("what has changed since stays removed");
    return false;
  }
  tx.audit(entry("publications.article.restore", id, require(tx, id).region));
  return true;
}

void clearArticles(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  for (const FileId picture : store::clearArticles(tx, before)) files::remove(tx, picture);
}

}  // namespace toimela::publications::operations
