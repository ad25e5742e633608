#include "view/board_json.h"

#include <nlohmann/json.hpp>

namespace toimela::contacts::view {

namespace {

using Json = nlohmann::ordered_json;

Json instantOrNull(const std::optional<Instant>& instant) {
  return instant ? Json(isoText(*instant)) : Json(nullptr);
}

Json authorOf(const std::optional<PersonId>& id, const std::string& name) {
  if (!id) return nullptr;
  return {{"id", id->text()}, {"name", name}};
}

Json json(const store::PostRow& row) {
  const Post& post = row.post;
  return {{"id", post.id.text()},
          {"kind", code(post.kind)},
          {"title", post.title},
          {"body", post.body},
          {"language", code(post.language)},
          {"author", authorOf(post.author, row.author)},
          {"createdAt", isoText(post.createdAt)},
          {"editedAt", instantOrNull(post.editedAt)},
          {"activeAt", isoText(post.activeAt)},
          {"pinned", post.isPinned},
          {"answered", post.isAnswered},
          {"removed", post.isRemoved()},
          {"comments", row.comments}};
}

Json json(const store::CommentRow& row) {
  const Comment& comment = row.comment;
  return {{"id", comment.id.text()},
          {"body", comment.body},
          {"language", code(comment.language)},
          {"author", authorOf(comment.author, row.author)},
          {"createdAt", isoText(comment.createdAt)},
          {"editedAt", instantOrNull(comment.editedAt)},
          {"removed", comment.isRemoved()}};
}

template <class Rows>
std::string page(const Rows& rows, const std::optional<std::string>& next) {
  Json items = Json::array();
  for (const auto& row : rows) items.push_back(json(row));
  return Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json(nullptr)}}
      .dump();
}

// The schemas stand here as they are read: JSON Schema, draft 2020-12.
constexpr const char* kAuthor = R"({
  "type": ["object", "null"],
  "description": "Who wrote it; null when they were erased.",
  "properties": {"id": {"type": "string"}, "name": {"type": "string"}}
})";
constexpr const char* kPost = R"({
  "type": "object",
  "required": ["id", "kind", "title", "body", "language", "author", "createdAt", "editedAt",
               "activeAt", "pinned", "answered", "removed", "comments"],
  "properties": {
    "id": {"type": "string"},
    "kind": {"enum": ["post", "tip", "question", "announcement"]},
    "title": {"type": "string"},
    "body": {"type": "string", "description": "Markdown"},
    "language": {"enum": ["fi", "sv", "en"]},
    "author": {"$ref": "#/components/schemas/ContactsAuthor"},
    "createdAt": {"type": "string", "format": "date-time"},
    "editedAt": {"type": ["string", "null"], "format": "date-time"},
    "activeAt": {"type": "string", "format": "date-time", "description": "Of the newest comment, or of the post."},
    "pinned": {"type": "boolean"},
    "answered": {"type": "boolean"},
    "removed": {"type": "boolean", "description": "A removed post has no words any more."},
    "comments": {"type": "integer", "minimum": 0},
    "regions": {"type": "array", "items": {"type": "string"},
      "description": "Of an announcement: codes of the regions it is for; none means all. Only with a single post."},
    "files": {"type": "array", "description": "Only with a single post.", "items": {
      "type": "object",
      "properties": {"id": {"type": "string"}, "name": {"type": "string"},
                     "type": {"type": "string"}, "size": {"type": "integer", "description": "Bytes"}}}}
  }
})";
constexpr const char* kNewPost = R"({
  "type": "object",
  "required": ["kind", "title", "body", "language"],
  "properties": {
    "kind": {"enum": ["post", "tip", "question"]},
    "title": {"type": "string", "minLength": 1, "maxLength": 150},
    "body": {"type": "string", "minLength": 1, "maxLength": 10000, "description": "Markdown"},
    "language": {"enum": ["fi", "sv", "en"]}
  }
})";
constexpr const char* kComment = R"({
  "type": "object",
  "required": ["id", "body", "language", "author", "createdAt", "editedAt", "removed"],
  "properties": {
    "id": {"type": "string"},
    "body": {"type": "string", "description": "Markdown"},
    "language": {"enum": ["fi", "sv", "en"]},
    "author": {"$ref": "#/components/schemas/ContactsAuthor"},
    "createdAt": {"type": "string", "format": "date-time"},
    "editedAt": {"type": ["string", "null"], "format": "date-time"},
    "removed": {"type": "boolean"}
  }
})";
constexpr const char* kNewComment = R"({
  "type": "object",
  "required": ["body"],
  "properties": {"body": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Markdown"}}
})";

}  // namespace

std::string postsJson(const std::vector<store::PostRow>& posts, const std::optional<std::string>& next) {
  return page(posts, next);
}

std::string postJson(const store::PostRow& row, const std::vector<RegionCode>& regions,
                     const std::vector<files::StoredFile>& files) {
  Json post = json(row);
  post["regions"] = Json::array();
  for (const RegionCode region : regions) post["regions"].push_back(region.text());
  post["files"] = Json::array();
  for (const auto& file : files)
    post["files"].push_back(
        {{"id", file.id.text()}, {"name", file.name}, {"type", file.type}, {"size", file.size}});
  return post.dump();
}

std::string commentsJson(const std::vector<store::CommentRow>& comments,
                         const std::optional<std::string>& next) {
  return page(comments, next);
}

std::string commentJson(const store::CommentRow& row) { return json(row).dump(); }

std::string writtenJson(const store::Written& written) {
  Json document{{"posts", Json::array()}, {"comments", Json::array()}};
  for (const Post& post : written.posts)
    document["posts"].push_back({{"id", post.id.text()},
                                 {"network", post.network.text()},
                                 {"kind", code(post.kind)},
                                 {"title", post.title},
                                 {"body", post.body},
                                 {"language", code(post.language)},
                                 {"createdAt", isoText(post.createdAt)},
                                 {"editedAt", instantOrNull(post.editedAt)}});
  for (const Comment& comment : written.comments)
    document["comments"].push_back({{"id", comment.id.text()},
                                    {"post", comment.post.text()},
                                    {"body", comment.body},
                                    {"language", code(comment.language)},
                                    {"createdAt", isoText(comment.createdAt)},
                                    {"editedAt", instantOrNull(comment.editedAt)}});
  return document.dump();
}

void addBoardSchemas(Registry& registry) {
  registry.schema("ContactsAuthor", kAuthor);
  registry.schema("ContactsPost", kPost);
  registry.schema("ContactsNewPost", kNewPost);
  registry.schema("ContactsComment", kComment);
  registry.schema("ContactsNewComment", kNewComment);
}

}  // namespace toimela::contacts::view
