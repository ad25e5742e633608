#include "handlers/board_api.h"

#include "handlers/board_lookup.h"
#include "operations/posts.h"
#include "toimela/paging.h"
#include "view/board_forms.h"
#include "view/board_json.h"

namespace toimela::contacts::handlers {

namespace {

std::string postNow(ReadTx& tx, const Network& network, PostId id) {
  std::vector<files::StoredFile> present;
  for (const FileId file : store::filesOf(tx, id))
    if (auto found = files::find(tx, file)) present.push_back(std::move(*found));
  return view::postJson(store::findPost(tx, network.id, id).value(), store::regionsOf(tx, id),
                        present);
}

}  // namespace

Response apiPosts(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto before = paging.after ? std::optional(paging.afterId<PostId>()) : std::nullopt;
  auto rows = host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    return store::postsBefore(tx, board.network.id, before, paging.limit + 1);
  });
  const auto next = paging.cut(rows, [](const auto& row) { return row.post.id.text(); });
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
  Form form = Form::read(view::postFields(), request.form);
  const auto incoming = receiveAttachments(host, request, form, 0);
  if (!form.ok()) return host.problem(request, form);
  PostId id;
  std::string json = host.write(request, [&](WriteTx& tx) {
    Post post = view::readPost(form, {});
    post.kind = parsePostKind(form.text("kind")).value();
    id = operations::addPost(tx, host.texts(), board.network, post, {incoming, {}});
    return postNow(tx, board.network, id);
  });
  Response response = host.json(std::move(json), 201);
  response.headers.set("Location", "/api/v1/contacts/networks/" + board.network.id.text() +
                                       "/posts/" + id.text());
  return response;
}

Response apiComments(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto rows = host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    return store::commentsAfter(tx, requirePost(tx, request, board.network).post.id,
                                paging.afterId<CommentId>(), paging.limit + 1);
  });
  const auto next = paging.cut(rows, [](const auto& row) { return row.comment.id.text(); });
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
