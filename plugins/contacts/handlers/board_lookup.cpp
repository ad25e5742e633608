#include "handlers/board_lookup.h"

#include "contacts.h"
#include "handlers/lookup.h"
#include "view/board_forms.h"

namespace toimela::contacts::handlers {

BoardVisitor visitorOf(ReadTx& tx, const Request& request, Host& host, const Network& network) {
  const Actor& actor = request.actor;
  if (!actor.person) return {};
  return {.person = actor.person,
          .isMember = store::isMember(tx, network.id, *actor.person, Date::today()),
          .moderates = actor.person == network.coordinator ||
                       host.allowed(actor, kModerateBoard, scopeOf(network))};
}

Board requireBoard(ReadTx& tx, const Request& request, Host& host) {
  Network network = requireNetwork(tx, request);
  const BoardVisitor visitor = visitorOf(tx, request, host, network);
  if (!mayEnter(visitor))
    throw RequestError(403, "contacts.board.error.members_only", "not of the network");
  return {std::move(network), visitor};
}

Board requireBoard(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireBoard(tx, request, host); });
}

store::PostRow requirePost(ReadTx& tx, const Request& request, const Network& network) {
  const auto id = request.parameters.id<PostId>("post");
  auto row = id ? store::findPost(tx, network.id, *id) : std::nullopt;
  if (!row) throw NotFound();
  return std::move(*row);
}

store::CommentRow requireComment(ReadTx& tx, const Request& request, PostId post) {
  const auto id = request.parameters.id<CommentId>("comment");
  auto row = id ? store::findComment(tx, post, *id) : std::nullopt;
  if (!row) throw NotFound();
  return std::move(*row);
}

void refuse() {
  throw RequestError(403, "contacts.board.error.not_yours", "neither the writer nor a moderator");
}

std::vector<files::Incoming> receiveAttachments(Host& host, const Request& request, Form& form,
                                                std::size_t present) {
  std::vector<files::Incoming> taken;
  if (!form.ok()) return taken;
  if (present + request.files.size() > kMostAttachments) {
    view::explainTooMany(form);
    return taken;
  }
  for (const UploadedFile& file : request.files) {
    auto outcome = files::receive(host, file, files::documentsAndPictures());
    if (const auto* refusal = std::get_if<files::Refusal>(&outcome))
      view::explain(form, *refusal, file.fileName);
    else
      taken.push_back(std::move(std::get<files::Incoming>(outcome)));
  }
  return taken;
}

}  // namespace toimela::contacts::handlers
