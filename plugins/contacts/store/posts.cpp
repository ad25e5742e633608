#include "store/posts.h"

#include <algorithm>

#include "store/stored.h"

namespace toimela {

template <>
struct Stored<contacts::PostKind> : StoredCode<contacts::kPostKinds> {};

}  // namespace toimela

namespace toimela::contacts::store {

namespace {

#define POST_COLUMNS                                                                     \
  "p.id, p.network_id, p.kind, CASE WHEN p.removed_at IS NULL THEN p.title ELSE '' END, "  \
  "CASE WHEN p.removed_at IS NULL THEN p.body ELSE '' END, p.language, p.author_id, "      \
  "p.created_at, p.edited_at, p.active_at, p.removed_at, p.pinned, p.answered, p.revision"
#define POST_ROW                                                \
  POST_COLUMNS                                                  \
  ", COALESCE(a.given_name, ''), COALESCE(a.family_name, ''), " \
  "(SELECT CAST(COUNT(*) AS BIGINT) FROM contacts_comment c "   \
  "WHERE c.post_id = p.id AND c.removed_at IS NULL), "          \
  "(SELECT CAST(COUNT(*) AS BIGINT) FROM contacts_attachment f WHERE f.post_id = p.id " \
  "AND p.removed_at IS NULL)"
#define FROM_POST "FROM contacts_post p LEFT JOIN core_person a ON a.id = p.author_id "
#define SELECT_POST "SELECT " POST_ROW " " FROM_POST

constexpr Sql kPinned{"contacts.post.pinned", SELECT_POST
                      "WHERE p.network_id = :network AND p.pinned = 1 "
                      "ORDER BY p.active_at DESC, p.id DESC LIMIT :limit"};
constexpr Sql kBelow{"contacts.post.below", SELECT_POST
                     "WHERE p.network_id = :network AND p.pinned = 0 AND p.active_at <= :at "
                     "AND (p.active_at < :at OR p.id < :id) "
                     "ORDER BY p.active_at DESC, p.id DESC LIMIT :limit"};
constexpr Sql kBefore{"contacts.post.before", SELECT_POST
                      "WHERE p.network_id = :network AND p.id < :before "
                      "ORDER BY p.id DESC LIMIT :limit"};
constexpr Sql kFind{"contacts.post.find",
                    SELECT_POST "WHERE p.network_id = :network AND p.id = :id"};
constexpr Sql kNews{
    "contacts.post.news",
    "SELECT " POST_ROW ", n.name_fi, n.name_sv, n.name_en " FROM_POST
    "JOIN contacts_network n ON n.id = p.network_id "
    "WHERE p.removed_at IS NULL AND p.active_at >= :since AND (n.coordinator_id = :person "
    "OR n.id IN (SELECT m.network_id FROM contacts_member m WHERE m.person_id = :person "
    "AND m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today))) "
    "AND (n.region IS NULL OR n.region IN "
    "(SELECT x.region FROM core_plugin_active x WHERE x.plugin = 'contacts')) "
    "ORDER BY p.active_at DESC, p.id DESC LIMIT :limit"};
constexpr Sql kPostsOf{"contacts.post.of_author",
                       "SELECT " POST_COLUMNS
                       " FROM contacts_post p "
                       "WHERE p.author_id = :person AND p.removed_at IS NULL ORDER BY p.id"};

#undef SELECT_POST
#undef FROM_POST
#undef POST_ROW
#undef POST_COLUMNS

#define COMMENT_COLUMNS                                                           \
  "c.id, c.post_id, CASE WHEN c.removed_at IS NULL THEN c.body ELSE '' END, c.language, c.author_id, c.created_at, c.edited_at, " \
  "c.removed_at, c.revision"
#define SELECT_COMMENT                                         \
  "SELECT " COMMENT_COLUMNS                                    \
  ", COALESCE(a.given_name, ''), COALESCE(a.family_name, '') " \
  "FROM contacts_comment c LEFT JOIN core_person a ON a.id = c.author_id "

constexpr Sql kCommentsBefore{"contacts.comment.before", SELECT_COMMENT
                              "WHERE c.post_id = :post AND c.id < :before "
                              "ORDER BY c.id DESC LIMIT :limit"};
constexpr Sql kCommentsAfter{"contacts.comment.after", SELECT_COMMENT
                             "WHERE c.post_id = :post AND c.id > :after "
                             "ORDER BY c.id LIMIT :limit"};
constexpr Sql kFindComment{"contacts.comment.find",
                           SELECT_COMMENT "WHERE c.post_id = :post AND c.id = :id"};
constexpr Sql kCommentsOf{"contacts.comment.of_author",
                          "SELECT " COMMENT_COLUMNS
                          " FROM contacts_comment c "
                          "WHERE c.author_id = :person AND c.removed_at IS NULL ORDER BY c.id"};

#undef SELECT_COMMENT
#undef COMMENT_COLUMNS

constexpr Sql kRegions{"contacts.post.regions",
                       "SELECT region FROM contacts_post_region WHERE post_id = :post "
                       "ORDER BY region"};
constexpr Sql kFiles{"contacts.post.files",
                     "SELECT f.file_id FROM contacts_attachment f "
                     "JOIN contacts_post p ON p.id = f.post_id "
                     "WHERE f.post_id = :post AND p.removed_at IS NULL ORDER BY f.file_id"};
constexpr Sql kIsMember{"contacts.member.is_member",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM contacts_member m "
                        "WHERE m.person_id = :person AND m.network_id = :network "
                        "AND m.valid_from <= :day AND (m.valid_to IS NULL OR m.valid_to >= :day)"};

constexpr Sql kInsert{
    "contacts.post.insert",
    "INSERT INTO contacts_post (network_id, kind, title, body, language, author_id, created_at, "
    "active_at, pinned, answered, revision) VALUES (:network, :kind, :title, :body, :language, "
    ":author, :created_at, :active_at, :pinned, :answered, 1) RETURNING id"};
constexpr Sql kUpdate{
    "contacts.post.update",
    "UPDATE contacts_post SET kind = :kind, title = :title, body = :body, language = :language, "
    "answered = CASE WHEN :kind = 'question' THEN answered ELSE 0 END, edited_at = :at, "
    "revision = revision + 1 WHERE id = :id AND revision = :revision AND removed_at IS NULL"};
constexpr Sql kRemove{"contacts.post.remove",
                      "UPDATE contacts_post SET pinned = 0, removed_at = :at, "
                      "revision = revision + 1 WHERE id = :id AND removed_at IS NULL"};
constexpr Sql kRestore{"contacts.post.restore",
                       "UPDATE contacts_post SET removed_at = NULL, revision = revision + 1 "
                       "WHERE id = :id AND revision = :revision AND removed_at IS NOT NULL "
                       "AND body <> ''"};
constexpr Sql kRemovedPosts{"contacts.post.removed",
                            "SELECT id FROM contacts_post WHERE removed_at < :before AND body <> '' "
                            "ORDER BY id LIMIT 200"};
constexpr Sql kRemovedPostsOf{"contacts.post.removed_of_author",
                              "SELECT id FROM contacts_post WHERE author_id = :person "
                              "AND removed_at IS NOT NULL AND body <> '' ORDER BY id"};
constexpr Sql kFilesAside{"contacts.post.files_aside",
                          "SELECT file_id FROM contacts_attachment WHERE post_id = :post "
                          "ORDER BY file_id"};
constexpr Sql kClear{"contacts.post.clear",
                     "UPDATE contacts_post SET title = '', body = '' "
                     "WHERE id = :id AND removed_at IS NOT NULL"};
constexpr Sql kPin{"contacts.post.pin",
                   "UPDATE contacts_post SET pinned = :pinned "
                   "WHERE id = :id AND pinned <> :pinned AND removed_at IS NULL"};
constexpr Sql kAnswer{"contacts.post.answer",
                      "UPDATE contacts_post SET answered = :answered WHERE id = :id "
                      "AND kind = 'question' AND answered <> :answered AND removed_at IS NULL"};
constexpr Sql kAddRegion{"contacts.post.add_region",
                         "INSERT INTO contacts_post_region (post_id, region) "
                         "VALUES (:post, :region)"};
constexpr Sql kAddFile{"contacts.post.add_file",
                       "INSERT INTO contacts_attachment (file_id, post_id) VALUES (:file, :post)"};
constexpr Sql kRemoveFile{"contacts.post.remove_file",
                          "DELETE FROM contacts_attachment "
                          "WHERE post_id = :post AND file_id = :file"};
constexpr Sql kRaise{"contacts.post.raise",
                     "UPDATE contacts_post SET active_at = :at "
                     "WHERE id = :post AND active_at < :at"};

constexpr Sql kInsertComment{
    "contacts.comment.insert",
    "INSERT INTO contacts_comment (post_id, body, language, author_id, created_at, revision) "
    "VALUES (:post, :body, :language, :author, :created_at, 1) RETURNING id"};
constexpr Sql kUpdateComment{
    "contacts.comment.update",
    "UPDATE contacts_comment SET body = :body, language = :language, edited_at = :at, "
    "revision = revision + 1 WHERE id = :id AND revision = :revision AND removed_at IS NULL"};
constexpr Sql kRemoveComment{"contacts.comment.remove",
                             "UPDATE contacts_comment SET removed_at = :at, "
                             "revision = revision + 1 WHERE id = :id AND removed_at IS NULL"};
constexpr Sql kRestoreComment{"contacts.comment.restore",
                              "UPDATE contacts_comment SET removed_at = NULL, revision = revision + 1 "
                              "WHERE id = :id AND revision = :revision AND removed_at IS NOT NULL "
                              "AND body <> ''"};
constexpr Sql kClearComments{"contacts.comment.clear",
                             "UPDATE contacts_comment SET body = '' "
                             "WHERE removed_at < :before AND body <> ''"};
constexpr Sql kClearCommentsOf{"contacts.comment.clear_of_author",
                               "UPDATE contacts_comment SET body = '' "
                               "WHERE author_id = :person AND removed_at IS NOT NULL"};

constexpr Sql kForgetPosts{"contacts.post.forget_author",
                           "UPDATE contacts_post SET author_id = NULL WHERE author_id = :person"};
constexpr Sql kForgetComments{
    "contacts.comment.forget_author",
    "UPDATE contacts_comment SET author_id = NULL WHERE author_id = :person"};

constexpr std::int64_t kBeyondAll = 9'000'000'000'000'000'000;

Post toPost(PostId id, NetworkId network, PostKind kind, std::string title, std::string body,
            Locale language, std::optional<PersonId> author, Instant createdAt,
            std::optional<Instant> editedAt, Instant activeAt, std::optional<Instant> removedAt,
            bool pinned, bool answered, std::int64_t revision) {
  return {.id = id,
          .network = network,
          .kind = kind,
          .title = std::move(title),
          .body = std::move(body),
          .language = language,
          .author = author,
          .createdAt = createdAt,
          .editedAt = editedAt,
          .activeAt = activeAt,
          .removedAt = removedAt,
          .isPinned = pinned,
          .isAnswered = answered,
          .revision = revision};
}

std::string nameOf(const std::string& given, const std::string& family) {
  return given.empty() || family.empty() ? given + family : given + " " + family;
}

PostRow toRow(PostId id, NetworkId network, PostKind kind, std::string title, std::string body,
              Locale language, std::optional<PersonId> author, Instant createdAt,
              std::optional<Instant> editedAt, Instant activeAt, std::optional<Instant> removedAt,
              bool pinned, bool answered, std::int64_t revision, std::string given,
              std::string family, std::int64_t comments, std::int64_t files) {
  return {toPost(id, network, kind, std::move(title), std::move(body), language, author, createdAt,
                 editedAt, activeAt, removedAt, pinned, answered, revision),
          nameOf(given, family), comments, files};
}

NewsRow toNews(PostId id, NetworkId network, PostKind kind, std::string title, std::string body,
               Locale language, std::optional<PersonId> author, Instant createdAt,
               std::optional<Instant> editedAt, Instant activeAt, std::optional<Instant> removedAt,
               bool pinned, bool answered, std::int64_t revision, std::string given,
               std::string family, std::int64_t comments, std::int64_t files, std::string nameFi,
               std::string nameSv, std::string nameEn) {
  return {toRow(id, network, kind, std::move(title), std::move(body), language, author, createdAt,
                editedAt, activeAt, removedAt, pinned, answered, revision, std::move(given),
                std::move(family), comments, files),
          {std::move(nameFi), std::move(nameSv), std::move(nameEn)}};
}

Comment toComment(CommentId id, PostId post, std::string body, Locale language,
                  std::optional<PersonId> author, Instant createdAt,
                  std::optional<Instant> editedAt, std::optional<Instant> removedAt,
                  std::int64_t revision) {
  return {.id = id,
          .post = post,
          .body = std::move(body),
          .language = language,
          .author = author,
          .createdAt = createdAt,
          .editedAt = editedAt,
          .removedAt = removedAt,
          .revision = revision};
}

CommentRow toCommentRow(CommentId id, PostId post, std::string body, Locale language,
                        std::optional<PersonId> author, Instant createdAt,
                        std::optional<Instant> editedAt, std::optional<Instant> removedAt,
                        std::int64_t revision, std::string given, std::string family) {
  return {toComment(id, post, std::move(body), language, author, createdAt, editedAt, removedAt,
                    revision),
          nameOf(given, family)};
}

}  // namespace

std::vector<PostRow> pinnedPosts(ReadTx& tx, NetworkId network, int limit) {
  return tx.all(kPinned, toRow, network, limit);
}

std::vector<PostRow> postsBelow(ReadTx& tx, NetworkId network, std::optional<BoardPlace> place,
                                int limit) {
  const std::int64_t at = place ? place->activeAt.time_since_epoch().count() : kBeyondAll;
  return tx.all(kBelow, toRow, network, at, place ? place->id.value : kBeyondAll, limit);
}

std::vector<PostRow> postsBefore(ReadTx& tx, NetworkId network, std::optional<PostId> before,
                                 int limit) {
  return tx.all(kBefore, toRow, network, before ? before->value : kBeyondAll, limit);
}

std::optional<PostRow> findPost(ReadTx& tx, NetworkId network, PostId id) {
  return tx.first(kFind, toRow, network, id);
}

std::vector<NewsRow> newsFor(ReadTx& tx, PersonId person, Date today, Instant since, int limit) {
  return tx.all(kNews, toNews, since, person, today, limit);
}

std::vector<CommentRow> commentsBefore(ReadTx& tx, PostId post, std::optional<CommentId> before,
                                       int limit) {
  auto rows =
      tx.all(kCommentsBefore, toCommentRow, post, before ? before->value : kBeyondAll, limit);
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<CommentRow> commentsAfter(ReadTx& tx, PostId post, CommentId after, int limit) {
  return tx.all(kCommentsAfter, toCommentRow, post, after, limit);
}

std::optional<CommentRow> findComment(ReadTx& tx, PostId post, CommentId id) {
  return tx.first(kFindComment, toCommentRow, post, id);
}

std::vector<RegionCode> regionsOf(ReadTx& tx, PostId post) {
  return tx.all(
      kRegions, [](RegionCode region) { return region; }, post);
}

std::vector<FileId> filesOf(ReadTx& tx, PostId post) {
  return tx.all(
      kFiles, [](FileId file) { return file; }, post);
}

bool isMember(ReadTx& tx, NetworkId network, PersonId person, Date day) {
  return tx.value<std::int64_t>(kIsMember, person, network, day) > 0;
}

PostId insertPost(WriteTx& tx, const Post& p) {
  return tx.insert<PostId>(kInsert, p.network, p.kind, p.title, p.body, p.language, p.author,
                           p.createdAt, p.activeAt, p.isPinned, p.isAnswered);
}

bool updatePost(WriteTx& tx, const Post& p) {
  return tx.run(kUpdate, p.kind, p.title, p.body, p.language, tx.time(), p.id, p.revision) == 1;
}

bool removePost(WriteTx& tx, PostId id) { return tx.run(kRemove, tx.time(), id) == 1; }

bool setPinned(WriteTx& tx, PostId id, bool isPinned) { return tx.run(kPin, isPinned, id) == 1; }

bool setAnswered(WriteTx& tx, PostId id, bool isAnswered) {
  return tx.run(kAnswer, isAnswered, id) == 1;
}

void addRegion(WriteTx& tx, PostId post, RegionCode region) { tx.run(kAddRegion, post, region); }

void addFile(WriteTx& tx, PostId post, FileId file) { tx.run(kAddFile, file, post); }

void removeFile(WriteTx& tx, PostId post, FileId file) { tx.run(kRemoveFile, post, file); }

CommentId insertComment(WriteTx& tx, const Comment& c) {
  const auto id =
      tx.insert<CommentId>(kInsertComment, c.post, c.body, c.language, c.author, c.createdAt);
  tx.run(kRaise, c.createdAt, c.post);
  return id;
}

bool updateComment(WriteTx& tx, const Comment& c) {
  return tx.run(kUpdateComment, c.body, c.language, tx.time(), c.id, c.revision) == 1;
}

bool removeComment(WriteTx& tx, CommentId id) { return tx.run(kRemoveComment, tx.time(), id) == 1; }

bool restorePost(WriteTx& tx, PostId id, std::int64_t revision) {
  return tx.run(kRestore, id, revision) == 1;
}

bool restoreComment(WriteTx& tx, CommentId id, std::int64_t revision) {
  return tx.run(kRestoreComment, id, revision) == 1;
}

std::vector<PostId> putAsidePosts(ReadTx& tx, Instant before) {
  return tx.all(kRemovedPosts, [](PostId id) { return id; }, before);
}

std::vector<PostId> putAsidePosts(ReadTx& tx, PersonId author) {
  return tx.all(kRemovedPostsOf, [](PostId id) { return id; }, author);
}

std::vector<FileId> filesAside(ReadTx& tx, PostId post) {
  return tx.all(kFilesAside, [](FileId file) { return file; }, post);
}

void clearPost(WriteTx& tx, PostId id) { tx.run(kClear, id); }

std::int64_t clearComments(WriteTx& tx, Instant before) { return tx.run(kClearComments, before); }

void clearComments(WriteTx& tx, PersonId author) { tx.run(kClearCommentsOf, author); }

Written writtenBy(ReadTx& tx, PersonId person) {
  return {tx.all(kPostsOf, toPost, person), tx.all(kCommentsOf, toComment, person)};
}

void forgetAuthor(WriteTx& tx, PersonId person) {
  tx.run(kForgetPosts, person);
  tx.run(kForgetComments, person);
}

}  // namespace toimela::contacts::store
