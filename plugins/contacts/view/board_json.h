// Posts and comments as the API shows them, and their schemas. Ids are texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/posts.h"
#include "toimela/files.h"
#include "toimela/registry.h"

namespace toimela::contacts::view {

/// `next` is what to ask as `after` for the page that follows, or null.
std::string postsJson(const std::vector<store::PostRow>& posts, const std::optional<std::string>& next);
std::string postJson(const store::PostRow& row, const std::vector<RegionCode>& regions,
                     const std::vector<files::StoredFile>& files);
std::string commentsJson(const std::vector<store::CommentRow>& comments,
                         const std::optional<std::string>& next);
std::string commentJson(const store::CommentRow& row);
/// Everything a person wrote.
std::string writtenJson(const store::Written& written);

/// The schemas that the routes of the board name.
void addBoardSchemas(Registry& registry);

}  // namespace toimela::contacts::view
