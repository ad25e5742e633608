// Articles: saved with their pictures, and audited.
#pragma once

#include <optional>

#include "domain/article.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::publications::operations {

ArticleId addArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture);
/// Saves what was written from the article's revision; a picture that comes takes the place of the one it
/// had. False when somebody else saved it first. Throws NotFound when it was removed.
bool saveArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture);
/// Throws NotFound when it was removed already.
void removeArticle(WriteTx& tx, ArticleId id);
/// Undoes the removal that left it at the revision; false when that is too late. Who may is said by requireUndo().
[[nodiscard]] bool restoreArticle(WriteTx& tx, ArticleId id, std::int64_t revision);
/// Those removed before then can not be brought back any more.
void clearArticles(WriteTx& tx, Instant before);

}  // namespace toimela::publications::operations
