// The board of a network as pages show it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/post.h"
#include "store/posts.h"
#include "toimela/files.h"
#include "toimela/form.h"
#include "toimela/notices.h"
#include "toimela/view.h"
#include "view/trail.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// "/contacts/networks/12/board" and "/contacts/networks/12/board/7", without language.
std::string boardPath(NetworkId network);
std::string postPath(NetworkId network, PostId post);

/// A place in the order of a board as it stands in an address, and back.
std::string placeText(const store::BoardPlace& place);
std::optional<store::BoardPlace> parsePlace(std::string_view text);

struct BoardPage {
  Network network;
  BoardVisitor visitor;
  notices::Pace pace;
  std::vector<store::PostRow> pinned, posts;
  bool isTop = true;
  std::optional<store::BoardPlace> next;  ///< where the page below begins
};
View boardPage(const BoardPage& page, const Words& words);

struct PostPage {
  Network network;
  BoardVisitor visitor;
  store::PostRow row;
  std::vector<RegionCode> regions;
  std::vector<files::StoredFile> files;
  std::vector<store::CommentRow> comments;
  std::optional<CommentId> earlier;  ///< the comment that the earlier ones come before
};
View postPage(const PostPage& page, const Form& comment, const Words& words);
std::string titleOf(const Post& post, const Words& words);

/// A page beyond the board with a form; `post` is the one it is about, if any.
View boardForm(const Network& network, const Post* post, std::string_view titleKey,
               const Form& form, const Words& words);
/// Asks before a post or a comment is removed.
View removalQuestion(const Network& network, const Post& post, const Comment* comment,
                     const Words& words);

/// The box on the dashboard.
void fillNewsBox(View& view, const std::vector<store::NewsRow>& news, const Words& words);

}  // namespace toimela::contacts::view
