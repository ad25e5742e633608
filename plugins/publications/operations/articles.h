// Articles: saved with their pictures, and audited.
#pragma once

#include <optional>

#include "domain/article.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::publications::operations {

ArticleId addArticle(WriteTx& tx, Article article, const std::optional<files::Incoming>& picture);

}  // namespace toimela::publications::operations
