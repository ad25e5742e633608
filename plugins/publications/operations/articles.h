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

}  // namespace toimela::publications::operations
