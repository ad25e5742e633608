#include "operations/articles.h"

#include "store/articles.h"

namespace toimela::publications::operations {

ArticleId addArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture) {
  if (picture) article.image = files::keep(tx, *picture, std::nullopt);
  const auto id = store::insertArticle(tx, article);
  tx.audit({.action = "publications.article.add", .object = "publications.article:" + id.text(), .region = article.region});
  return id;
}

}  // namespace toimela::publications::operations
