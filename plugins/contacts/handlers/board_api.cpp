#include "handlers/board_api.h"

#include <algorithm>

#include "handlers/board_lookup.h"
#include "operations/posts.h"
#include "view/board_forms.h"
#include "view/board_json.h"

namespace toimela::contacts::handlers {

namespace {

constexpr std::int64_t kDefaultLimit = 50, kLargestLimit = 200;

int limitOf(const Request& request) {
  const auto wished = parseId(request.query.text("limit")).value_or(kDefaultLimit);
  return static_cast<int>(std::min(wished, kLargestLimit));
}

std::string postNow(ReadTx& tx, const Network& network, PostId id) {
  std::vector<files::StoredFile> present;
  for (const FileId file : store::filesOf(tx, id))
    if (auto found = files::find(tx, file)) present.push_back(std::move(*found));
  return view::postJson(store::findPost(tx, network.id, id).value(), store::regionsOf(tx, id),
                        present);
}

}  // namespace

Response apiPosts(const Request& request, Host& host) {
  const int limit = limitOf(request);
  const auto after = parseId(request.query.text("after"));
  auto rows = host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    return store::postsBefore(tx, board.network.id,
                              after ? std::optional{PostId{*after}} : std::nullopt, limit + 1);
  });
  std::optional<PostId> next;
  if (static_cast<int>(rows.size()) > limit) {
    rows.pop_back();
    next = rows.back().post.id;
  }
  return host.json(view::postsJson(rows, next));
}

Response apiPost(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    return postNow(tx, board.network, requirePost(tx, request, board.network).post.id);
  }));
}

Response apiAddPost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const Form form = Form::read(view::postFields(), request.form);
  if (!form.ok()) return host.problem(request, form);
  return host.json(host.write(request,
                              [&](WriteTx& tx) {
                                Post post = view::readPost(form, {});
                                post.kind = parsePostKind(form.text("kind")).value();
                                const auto id =
                                    operations::addPost(tx, host.texts(), board.network, post);
                                return postNow(tx, board.network, id);
                              }),
                   201);
}

Response apiComments(const Request& request, Host& host) {
  const int limit = limitOf(request);
  const CommentId after{parseId(request.query.text("after")).value_or(0)};
  auto rows = host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    return store::commentsAfter(tx, requirePost(tx, request, board.network).post.id, after,
                                limit + 1);
  });
  std::optional<CommentId> next;
  if (static_cast<int>(rows.size()) > limit) {
    rows.pop_back();
    next = rows.back().comment.id;
  }
  return host.json(view::commentsJson(rows, next));
}

Response apiAddComment(const Request& request, Host& host) {
  const auto [board, post] = host.read([&](ReadTx& tx) {
    Board there = requireBoard(tx, request, host);
    const PostId on = requirePost(tx, request, there.network).post.id;
    return std::pair{std::move(there), on};
  });
  const Form form = Form::read(view::commentFields(), request.form);
  if (!form.ok()) return host.problem(request, form);
  const Comment comment{.post = post, .body = form.text("body"), .language = request.locale};
  const auto added = host.write(request, [&](WriteTx& tx) {
    const auto id = operations::addComment(tx, host.texts(), board.network, board.visitor, comment);
    return id ? store::findComment(tx, post, *id) : std::nullopt;
  });
  if (!added) refuse();
  return host.json(view::commentJson(*added), 201);
}

}  // namespace toimela::contacts::handlers
