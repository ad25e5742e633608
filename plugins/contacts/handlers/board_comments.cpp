#include "handlers/board_comments.h"

#include "handlers/board.h"
#include "handlers/board_lookup.h"
#include "operations/posts.h"
#include "toimela/undo.h"
#include "view/board.h"
#include "view/board_forms.h"
#include "view/forms.h"

namespace toimela::contacts::handlers {

namespace {

struct CommentInPath {
  Board board;
  Post post;
  Comment comment;
};

CommentInPath load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Board board = requireBoard(tx, request, host);
    Post post = requirePost(tx, request, board.network).post;
    Comment comment = requireComment(tx, request, post.id).comment;
    return CommentInPath{std::move(board), std::move(post), std::move(comment)};
  });
}

std::string pathTo(const Network& network, const Post& post, CommentId comment) {
  return view::postPath(network.id, post.id) + "#comment-" + comment.text();
}

Response showForm(const Request& request, Host& host, const CommentInPath& in, const Form& form,
                  int status = 200) {
  const char* key = "contacts.board.edit_comment";
  const view::Words words(request, host);
  return host.page(request, "board_edit",
                   view::boardForm(in.board.network, &in.post, key, form, words),
                   {.status = status, .title = words.text(key)});
}

}  // namespace

Response addComment(const Request& request, Host& host) {
  const auto [board, post] = host.read([&](ReadTx& tx) {
    Board there = requireBoard(tx, request, host);
    Post on = requirePost(tx, request, there.network).post;
    return std::pair{std::move(there), std::move(on)};
  });
  const Form form = Form::read(view::commentFields(), request.form);
  if (!form.ok()) return showPostWith(request, host, form, 422);
  const Comment comment{.post = post.id, .body = form.text("body"), .language = request.locale};
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::addComment(tx, host.texts(), board.network, board.visitor, comment);
  });
  if (!id) refuse();
  return host.redirect(request, pathTo(board.network, post, *id), "contacts.board.flash.commented");
}

Response editComment(const Request& request, Host& host) {
  const auto in = load(request, host);
  if (!mayEdit(in.board.visitor, in.comment)) refuse();
  Form form(view::commentEditFields());
  view::fillComment(form, in.comment);
  return showForm(request, host, in, form);
}

Response saveComment(const Request& request, Host& host) {
  const auto in = load(request, host);
  if (!mayEdit(in.board.visitor, in.comment)) refuse();
  Form form = Form::read(view::commentEditFields(), request.form);
  if (!form.ok()) return showForm(request, host, in, form, 422);
  Comment wanted = in.comment;
  wanted.body = form.text("body");
  wanted.revision = view::readRevision(form);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::saveComment(tx, in.board.network, in.board.visitor, wanted);
  });
  if (problem == WordsProblem::gone) throw NotFound();
  if (problem == WordsProblem::stale) {
    view::explainStale(form, in.comment.revision);
    return showForm(request, host, in, form, 409);
  }
  return host.redirect(request, pathTo(in.board.network, in.post, wanted.id),
                       "contacts.board.flash.comment_saved");
}

Response confirmRemoveComment(const Request& request, Host& host) {
  const auto in = load(request, host);
  if (!mayRemove(in.board.visitor, in.comment)) refuse();
  const view::Words words(request, host);
  return host.page(request, "board_remove",
                   view::removalQuestion(in.board.network, in.post, &in.comment, words),
                   {.title = words.text("contacts.board.remove_comment")});
}

Response removeComment(const Request& request, Host& host) {
  const auto in = load(request, host);
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    return operations::removeComment(tx, in.board.network, in.board.visitor, in.post.id,
                                     in.comment.id);
  });
  if (!isDone) refuse();
  const std::string post = view::postPath(in.board.network.id, in.post.id);
  return redirectWithUndo(request, host, post, "contacts.board.flash.comment_removed",
                          post + "/comments/" + in.comment.id.text() + "/restore?revision=" +
                              std::to_string(in.comment.revision + 1));
}

Response restoreComment(const Request& request, Host& host) {
  const auto in = load(request, host);
  requireUndo(request, host, "revision");
  const auto revision = parseId(request.form.text("revision")).value_or(0);
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    return operations::restoreComment(tx, in.board.network, in.post.id, in.comment.id, revision);
  });
  if (!isDone) undoIsTooLate();
  return host.redirect(request, pathTo(in.board.network, in.post, in.comment.id), "site.undone");
}

}  // namespace toimela::contacts::handlers
