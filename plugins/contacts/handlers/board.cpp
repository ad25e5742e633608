#include "handlers/board.h"

#include <algorithm>

#include "handlers/board_lookup.h"
#include "handlers/lookup.h"
#include "operations/telling.h"
#include "view/board.h"
#include "view/board_forms.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kPostsAPage = 20, kMostPinned = 20, kCommentsAPage = 50, kNewsShown = 6;
constexpr std::chrono::days kNewsLasts{30};

std::vector<files::StoredFile> filesOf(ReadTx& tx, PostId post) {
  std::vector<files::StoredFile> found;
  for (const FileId id : store::filesOf(tx, post))
    if (auto file = files::find(tx, id)) found.push_back(std::move(*file));
  return found;
}

view::PostPage readPost(const Request& request, Host& host) {
  const auto before = parseId(request.query.text("before"));
  return host.read([&](ReadTx& tx) {
    Board board = requireBoard(tx, request, host);
    auto row = requirePost(tx, request, board.network);
    const PostId id = row.post.id;
    auto comments = store::commentsBefore(
        tx, id, before ? std::optional{CommentId{*before}} : std::nullopt, kCommentsAPage + 1);
    std::optional<CommentId> earlier;
    if (comments.size() > kCommentsAPage) {
      comments.erase(comments.begin());
      earlier = comments.front().comment.id;
    }
    return view::PostPage{.network = std::move(board.network),
                          .visitor = board.visitor,
                          .row = std::move(row),
                          .regions = store::regionsOf(tx, id),
                          .files = filesOf(tx, id),
                          .comments = std::move(comments),
                          .earlier = earlier};
  });
}

}  // namespace

Response showBoard(const Request& request, Host& host) {
  const auto place = view::parsePlace(request.query.text("below"));
  const auto page = host.read([&](ReadTx& tx) {
    Board board = requireBoard(tx, request, host);
    const NetworkId id = board.network.id;
    const std::string topic = operations::topicOf(board.network).key;
    view::BoardPage loaded{
        .network = std::move(board.network),
        .visitor = board.visitor,
        .pace = notices::paceOf(tx, *board.visitor.person, topic),
        .pinned = place ? std::vector<store::PostRow>{} : store::pinnedPosts(tx, id, kMostPinned),
        .posts = store::postsBelow(tx, id, place, kPostsAPage + 1),
        .isTop = !place};
    if (loaded.posts.size() > kPostsAPage) {
      loaded.posts.pop_back();
      const Post& last = loaded.posts.back().post;
      loaded.next = store::BoardPlace{last.activeAt, last.id};
    }
    return loaded;
  });
  return host.page(request, "board", view::boardPage(page, view::Words(request, host)));
}

Response showPost(const Request& request, Host& host) {
  return showPostWith(request, host, Form(view::commentFields()), 200);
}

Response showPostWith(const Request& request, Host& host, const Form& comment, int status) {
  const auto page = readPost(request, host);
  const view::Words words(request, host);
  return host.page(request, "board_post", view::postPage(page, comment, words),
                   {.status = status, .title = view::titleOf(page.row.post, words)});
}

Response sendAttachment(const Request& request, Host& host) {
  const auto id = request.parameters.id<FileId>("file");
  host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    const auto present = store::filesOf(tx, requirePost(tx, request, board.network).post.id);
    if (!id || std::ranges::find(present, *id) == present.end()) throw NotFound();
    return true;
  });
  return files::serve(host, *id);
}

Response followBoard(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const auto pace = notices::parsePace(request.form.text("pace"));
  if (!pace) throw RequestError(400, "error.400.text", "no such pace");
  host.write(request, [&](WriteTx& tx) {
    notices::setPace(tx, *board.visitor.person, operations::topicOf(board.network), *pace);
  });
  return host.redirect(request, view::boardPath(board.network.id), "notices.saved");
}

bool fillNewsTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const auto news = host.read([&](ReadTx& tx) {
    return store::newsFor(tx, *request.actor.person, Date::today(), now() - kNewsLasts, kNewsShown);
  });
  view::fillNewsBox(view, news, view::Words(request, host));
  return !news.empty();
}

}  // namespace toimela::contacts::handlers
