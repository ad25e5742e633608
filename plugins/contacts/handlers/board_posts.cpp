#include "handlers/board_posts.h"

#include "handlers/board_lookup.h"
#include "handlers/lookup.h"
#include "operations/posts.h"
#include "toimela/undo.h"
#include "view/board.h"
#include "view/board_forms.h"
#include "view/forms.h"

namespace toimela::contacts::handlers {

namespace {

Response showForm(const Request& request, Host& host, const Network& network, const Post* post,
                  const Form& form, int status = 200) {
  const char* key = post ? "contacts.board.edit_post" : "contacts.board.new_post";
  const view::Words words(request, host);
  return host.page(request, post ? "board_edit" : "board_new",
                   view::boardForm(network, post, key, form, words),
                   {.status = status, .title = words.text(key)});
}

Post readPost(const Form& form, Post post) {
  post = view::readPost(form, std::move(post));
  post.kind = parsePostKind(form.text("kind")).value_or(PostKind::post);
  return post;
}

// ---- a post that is there ----

struct OwnPost {
  Board board;
  Post post;
  std::vector<files::StoredFile> files;
};

/// The post in the path, which the visitor must be allowed to change.
OwnPost loadOwn(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Board board = requireBoard(tx, request, host);
    auto row = requirePost(tx, request, board.network);
    if (!mayEdit(board.visitor, row.post)) refuse();
    std::vector<files::StoredFile> present;
    for (const FileId id : store::filesOf(tx, row.post.id))
      if (auto file = files::find(tx, id)) present.push_back(std::move(*file));
    return OwnPost{std::move(board), std::move(row.post), std::move(present)};
  });
}

/// An announcement stays one: its kind is not asked.
FormSpec editFields(const OwnPost& own) {
  FormSpec fields = view::postFields(own.files);
  if (own.post.kind == PostKind::announcement)
    std::erase_if(fields, [](const Field& field) { return field.name == "kind"; });
  return fields;
}

PostId postIn(const Request& request) {
  const auto id = request.parameters.id<PostId>("post");
  if (!id) throw NotFound();
  return *id;
}

}  // namespace

Response newPost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  Form form(view::postFields());
  form.fill("language", std::string(code(request.locale)));
  if (const auto kind = parsePostKind(request.query.text("kind")))
    form.fill("kind", std::string(code(*kind)));
  return showForm(request, host, board.network, nullptr, form);
}

Response addPost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  Form form = Form::read(view::postFields(), request.form);
  const auto incoming = receiveAttachments(host, request, form, 0);
  if (!form.ok()) return showForm(request, host, board.network, nullptr, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::addPost(tx, host.texts(), board.network, readPost(form, {}), {incoming, {}});
  });
  return host.redirect(request, view::postPath(board.network.id, id), "contacts.board.flash.added");
}

Response editPost(const Request& request, Host& host) {
  const OwnPost own = loadOwn(request, host);
  Form form(editFields(own));
  if (own.post.kind != PostKind::announcement) form.fill("kind", std::string(code(own.post.kind)));
  view::fillPost(form, own.post);
  return showForm(request, host, own.board.network, &own.post, form);
}

Response savePost(const Request& request, Host& host) {
  const OwnPost own = loadOwn(request, host);
  const Network& network = own.board.network;
  Form form = Form::read(editFields(own), request.form);
  const auto removed = view::readRemoved(form, own.files);
  const auto incoming = receiveAttachments(host, request, form, own.files.size() - removed.size());
  if (!form.ok()) return showForm(request, host, network, &own.post, form, 422);
  Post wanted = own.post.kind == PostKind::announcement ? view::readPost(form, own.post)
                                                        : readPost(form, own.post);
  wanted.revision = view::readRevision(form);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::savePost(tx, network, own.board.visitor, wanted, {incoming, removed});
  });
  if (problem == WordsProblem::gone) throw NotFound();
  if (problem == WordsProblem::stale) {
    view::explainStale(form, own.post.revision);
    return showForm(request, host, network, &own.post, form, 409);
  }
  return host.redirect(request, view::postPath(network.id, wanted.id),
                       "contacts.board.flash.saved");
}

Response confirmRemovePost(const Request& request, Host& host) {
  const auto [network, post] = host.read([&](ReadTx& tx) {
    const Board board = requireBoard(tx, request, host);
    const auto row = requirePost(tx, request, board.network);
    if (!mayRemove(board.visitor, row.post)) refuse();
    return std::pair{board.network, row.post};
  });
  const view::Words words(request, host);
  return host.page(request, "board_remove", view::removalQuestion(network, post, nullptr, words),
                   {.title = words.text("contacts.board.remove_post")});
}

Response removePost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const PostId id = postIn(request);
  const auto removed = host.write(request, [&](WriteTx& tx) -> std::optional<std::int64_t> {
    const Post post = requirePost(tx, request, board.network).post;
    if (!operations::removePost(tx, board.network, board.visitor, id)) return std::nullopt;
    return post.revision + 1;
  });
  if (!removed) refuse();
  return redirectWithUndo(request, host, view::boardPath(board.network.id), "contacts.board.flash.removed",
                          view::postPath(board.network.id, id) + "/restore?revision=" +
                              std::to_string(*removed));
}

Response restorePost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  requireUndo(request, host, "revision");
  const PostId id = postIn(request);
  const auto revision = parseId(request.form.text("revision")).value_or(0);
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    return operations::restorePost(tx, board.network, id, revision);
  });
  if (!isDone) undoIsTooLate();
  return host.redirect(request, view::postPath(board.network.id, id), "site.undone");
}

Response pinPost(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const PostId id = postIn(request);
  const bool isPinned = request.form.text("pinned") == "1";
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    requirePost(tx, request, board.network);
    return operations::pin(tx, board.network, board.visitor, id, isPinned);
  });
  if (!isDone) refuse();
  return host.redirect(request, view::postPath(board.network.id, id),
                       isPinned ? "contacts.board.flash.pinned" : "contacts.board.flash.unpinned");
}

Response markAnswered(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const PostId id = postIn(request);
  const bool isAnswered = request.form.text("answered") == "1";
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    requirePost(tx, request, board.network);
    return operations::markAnswered(tx, board.network, board.visitor, id, isAnswered);
  });
  if (!isDone) refuse();
  return host.redirect(
      request, view::postPath(board.network.id, id),
      isAnswered ? "contacts.board.flash.answered" : "contacts.board.flash.reopened");
}

// ---- announcements ----

namespace {

Response showAnnouncement(const Request& request, Host& host, const Network& network,
                          const Form& form, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "board_announce",
                   view::boardForm(network, nullptr, "contacts.board.announce", form, words),
                   {.status = status, .title = words.text("contacts.board.announce")});
}

}  // namespace

namespace {

/// ?regions=16,18: those that the page before proposes.
std::vector<std::string> regionsAsked(const Request& request, Host& host) {
  std::vector<std::string> codes;
  const std::string_view asked = request.query.text("regions");
  for (const Region& region : host.regions())
    if (asked.find(region.code.text()) != asked.npos) codes.push_back(region.code.text());
  return codes;
}

}  // namespace

Response newAnnouncement(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  Form form(view::announcementFields(board.network, host.regions(), view::Words(request, host)));
  form.fill("language", std::string(code(request.locale)));
  if (board.network.isNational()) form.fill("regions", regionsAsked(request, host));
  return showAnnouncement(request, host, board.network, form);
}

Response sendAnnouncement(const Request& request, Host& host) {
  const Board board = requireBoard(request, host);
  const Form form = Form::read(
      view::announcementFields(board.network, host.regions(), view::Words(request, host)),
      request.form);
  if (!form.ok()) return showAnnouncement(request, host, board.network, form, 422);
  const auto regions =
      board.network.isNational() ? view::readRegions(form) : std::set<RegionCode>{};
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::announce(tx, host.texts(), board.network, view::readPost(form, {}), regions);
  });
  return host.redirect(request, view::postPath(board.network.id, id),
                       "contacts.board.flash.announced");
}

}  // namespace toimela::contacts::handlers
