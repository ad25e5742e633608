// The boards of the networks in the database, with the names of those who wrote.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/post.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// A post with what a list shows beside it.
struct PostRow {
  Post post;
  std::string author;  ///< empty: erased
  std::int64_t comments;
  std::int64_t files;
};
struct CommentRow {
  Comment comment;
  std::string author;  ///< empty: erased
};

/// A place in the order of a board: what follows is less active.
struct BoardPlace {
  Instant activeAt;
  PostId id;
};
/// Those that stand on top, the most active first.
std::vector<PostRow> pinnedPosts(ReadTx& tx, NetworkId network, int limit);
/// The others, the most active first; from the top without a place.
std::vector<PostRow> postsBelow(ReadTx& tx, NetworkId network, std::optional<BoardPlace> place,
                                int limit);
/// All by number, the newest first; those before `before`, or from the newest on.
std::vector<PostRow> postsBefore(ReadTx& tx, NetworkId network, std::optional<PostId> before,
                                 int limit);
std::optional<PostRow> findPost(ReadTx& tx, NetworkId network, PostId id);

/// A post in one of the networks of a person.
struct NewsRow {
  PostRow row;
  LocalText network;
};
/// What was last talked about where the person is a member or coordinates, and the plugin is on;
/// without what was removed.
std::vector<NewsRow> newsFor(ReadTx& tx, PersonId person, Date today, Instant since, int limit);

/// The last `limit` comments before `before`, the oldest first.
std::vector<CommentRow> commentsBefore(ReadTx& tx, PostId post, std::optional<CommentId> before,
                                       int limit);
/// Those after `after`, the oldest first: for paging with a cursor.
std::vector<CommentRow> commentsAfter(ReadTx& tx, PostId post, CommentId after, int limit);
std::optional<CommentRow> findComment(ReadTx& tx, PostId post, CommentId id);

/// The regions an announcement is for, and the files of a post.
std::vector<RegionCode> regionsOf(ReadTx& tx, PostId post);
std::vector<FileId> filesOf(ReadTx& tx, PostId post);

/// Is the person in the network on that day?
bool isMember(ReadTx& tx, NetworkId network, PersonId person, Date day);

PostId insertPost(WriteTx& tx, const Post& post);
/// Saves title, body, kind and language if nobody changed or removed the post meanwhile.
[[nodiscard]] bool updatePost(WriteTx& tx, const Post& post);
/// Puts the post aside and takes it off the top; false when it was removed already. Nobody reads its
/// words any more; they are there until clearPost().
[[nodiscard]] bool removePost(WriteTx& tx, PostId id);
[[nodiscard]] bool setPinned(WriteTx& tx, PostId id, bool isPinned);
[[nodiscard]] bool setAnswered(WriteTx& tx, PostId id, bool isAnswered);
void addRegion(WriteTx& tx, PostId post, RegionCode region);
void addFile(WriteTx& tx, PostId post, FileId file);
void removeFile(WriteTx& tx, PostId post, FileId file);

/// Raises the post to the top of the order too.
CommentId insertComment(WriteTx& tx, const Comment& comment);
[[nodiscard]] bool updateComment(WriteTx& tx, const Comment& comment);
[[nodiscard]] bool removeComment(WriteTx& tx, CommentId id);

/// Brings back what was put aside, if nothing happened to it since: `revision` is the one it had then.
[[nodiscard]] bool restorePost(WriteTx& tx, PostId id, std::int64_t revision);
[[nodiscard]] bool restoreComment(WriteTx& tx, CommentId id, std::int64_t revision);
/// Posts that were removed before then, at most 200, or that the person wrote, and still have their words.
std::vector<PostId> putAsidePosts(ReadTx& tx, Instant before);
std::vector<PostId> putAsidePosts(ReadTx& tx, PersonId author);
std::vector<FileId> filesAside(ReadTx& tx, PostId post);
/// Empties what was removed; what was not stays.
void clearPost(WriteTx& tx, PostId id);
std::int64_t clearComments(WriteTx& tx, Instant before);
void clearComments(WriteTx& tx, PersonId author);

/// Everything a person wrote that still has its words, the oldest first.
struct Written {
  std::vector<Post> posts;
  std::vector<Comment> comments;
};
Written writtenBy(ReadTx& tx, PersonId person);
/// Nobody is the author any more.
void forgetAuthor(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::store
