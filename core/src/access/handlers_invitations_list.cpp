// What is still unanswered: for administrators, to send again or to take back.
#include "access/handlers.h"
#include "access/invitations.h"
#include "access/rights.h"

namespace toimela::access {

namespace {

constexpr int kMostShown = 200;
constexpr std::string_view kPage = "/admin/people/invitations";

/// Who may edit people everywhere sees all invitations, others those that they sent.
std::optional<PersonId> onlyBy(const Request& request, Host& host) {
  if (host.allowed(request.actor, kPersonEdit, {})) return std::nullopt;
  return request.actor.person;
}

accounts::InvitationId require(const Request& request, Host& host, ReadTx& tx) {
  const auto id = request.parameters.id<accounts::InvitationId>("invitation");
  const auto found = id ? findInvitation(tx, *id, now()) : std::nullopt;
  const auto by = onlyBy(request, host);
  if (!found || (by && found->invitedBy != by)) throw NotFound();
  return *id;
}

}  // namespace

Response showInvitations(const Request& request, Host& host) {
  const auto open = host.read([&](ReadTx& tx) {
    return openInvitations(tx, onlyBy(request, host), now(), kMostShown);
  });
  std::vector<View> rows;
  for (const StoredInvitation& invitation : open) {
    const accounts::Invitation& what = invitation.what;
    std::string name = what.givenName;
    if (!what.familyName.empty()) name.append(name.empty() ? "" : " ").append(what.familyName);
    View row;
    row.set("name", name.empty() ? what.to.text() : name)
        .set("email", what.to.text())
        .set("reason", what.reason)
        .set("reason_lang",
             what.locale == request.locale ? std::string() : std::string(code(what.locale)))
        .set("inviter", invitation.inviter)
        .flag("is_own_wish", what.purpose == kJoinPurpose)
        .set("until", showDate(Date::of(invitation.expiresAt), request.locale))
        .set("action", request.link(std::string(kPage) + "/" + invitation.id.text()));
    rows.push_back(std::move(row));
  }
  View view;
  view.flag("has_rows", !rows.empty()).list("rows", std::move(rows));
  return host.page(request, "invitations", std::move(view),
                   titled(request, host, "accounts.invitations.title"));
}

Response renewOneInvitation(const Request& request, Host& host) {
  const bool isSent = host.write(request, [&](WriteTx& tx) {
    return accounts::inviteAgain(tx, host, require(request, host, tx));
  });
  return host.redirect(request, kPage,
                       isSent ? "accounts.invitations.sent" : "accounts.invitations.over");
}

Response withdrawOneInvitation(const Request& request, Host& host) {
  host.write(request, [&](WriteTx& tx) {
    const auto id = require(request, host, tx);
    // As if they had declined: what the inviting plugin kept for them goes as well.
    const auto invitation = findInvitation(tx, id, tx.time());
    if (invitation) withdrawInvitation(tx, *invitation);
    else tx.unaudited("the invitation was gone already");
  });
  return host.redirect(request, kPage, "accounts.invitations.withdrawn");
}

}  // namespace toimela::access
