// Posts and comments on the board of a network, and who may do what with them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::contacts {

using PostId = Id<struct PostTag>;
using CommentId = Id<struct CommentTag>;

/// An announcement comes from the coordinator and is mailed at once.
enum class PostKind { post, tip, question, announcement };
inline constexpr auto kPostKinds = codes<PostKind>({
    {PostKind::post, "post"}, {PostKind::tip, "tip"},
    {PostKind::question, "question"}, {PostKind::announcement, "announcement"}});
/// What every member may write.
inline constexpr std::array kMemberPostKinds{PostKind::tip, PostKind::question, PostKind::post};
constexpr std::string_view code(PostKind kind) { return kPostKinds.code(kind); }
constexpr std::optional<PostKind> parsePostKind(std::string_view code) {
  return kPostKinds.parse(code);
}

inline constexpr std::size_t kLongestTitle = 150;      ///< characters
inline constexpr std::size_t kLongestPost = 10'000;    ///< characters
inline constexpr std::size_t kLongestComment = 4'000;  ///< characters
inline constexpr std::size_t kMostAttachments = 5;     ///< files of one post

struct Post {
  PostId id;
  NetworkId network;
  PostKind kind = PostKind::post;
  std::string title;
  std::string body;  ///< Markdown
  Locale language = Locale::fi;
  std::optional<PersonId> author;  ///< none: erased
  Instant createdAt{};
  std::optional<Instant> editedAt;
  Instant activeAt{};
  std::optional<Instant> removedAt;
  bool isPinned = false;
  bool isAnswered = false;
  std::int64_t revision = 1;

  bool isRemoved() const { return removedAt.has_value(); }
};

struct Comment {
  CommentId id;
  PostId post;
  std::string body;  ///< Markdown
  Locale language = Locale::fi;
  std::optional<PersonId> author;  ///< none: erased
  Instant createdAt{};
  std::optional<Instant> editedAt;
  std::optional<Instant> removedAt;
  std::int64_t revision = 1;

  bool isRemoved() const { return removedAt.has_value(); }
};

/// Somebody who stands before the board of a network.
struct BoardVisitor {
  std::optional<PersonId> person;
  bool isMember = false;   ///< today
  bool moderates = false;  ///< coordinates the network, or administers where it belongs
};

/// The board is for the network's own people: nobody else reads or writes there.
bool mayEnter(const BoardVisitor& visitor);
/// Only the author changes words; nobody puts others into their mouth.
bool mayEdit(const BoardVisitor& visitor, const Post& post);
bool mayEdit(const BoardVisitor& visitor, const Comment& comment);
bool mayRemove(const BoardVisitor& visitor, const Post& post);
bool mayRemove(const BoardVisitor& visitor, const Comment& comment);
bool mayComment(const BoardVisitor& visitor, const Post& post);
bool mayPin(const BoardVisitor& visitor, const Post& post);
/// Who asked knows when they have their answer.
bool mayMarkAnswered(const BoardVisitor& visitor, const Post& post);

/// Why words can not be saved.
enum class WordsProblem {
  gone,   ///< removed, or not the actor's any more
  stale,  ///< changed meanwhile
};

/// Whom an announcement to these regions reaches: those who speak for one of them; everybody when
/// there are none. Each person once.
std::vector<PersonId> reachedBy(const std::set<RegionCode>& regions,
                                const std::vector<Member>& members);

}  // namespace toimela::contacts
