#include "handlers/invitations.h"

#include <nlohmann/json.hpp>

#include "handlers/lookup.h"
#include "handlers/organisations.h"
#include "operations/invitations.h"
#include "store/members.h"
#include "view/invitations.h"
#include "view/members.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

Network networkOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireNetwork(tx, request); });
}

FormSpec fieldsFor(const Network& network, const Request& request, Host& host) {
  return view::invitationFields(
      {.regions = network.isNational() ? host.regions() : std::vector<Region>{}},
      view::Words(request, host));
}

Response show(const Request& request, Host& host, const Network& network, const Form& form,
              int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "invite",
                   view::networkForm(network, "contacts.invite.title", form, words),
                   {.status = status});
}

/// Invites as the form says; nothing, and the errors in the form, when it can not be.
std::optional<InvitedId> inviteBy(Form& form, const Network& network, const Request& request,
                                  Host& host) {
  const auto matches = host.read(
      [&](ReadTx& tx) { return matchOrganisation(tx, form.text("organisation")); });
  const auto organisation =
      view::chooseOrganisation(form, matches, view::Words(request, host));
  if (!form.ok()) return std::nullopt;
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::invite(
        tx, host, network, view::readInvitation(form, network, *organisation),
        view::readLanguage(form, request.locale));
  });
  if (const auto* problem = std::get_if<InviteProblem>(&outcome)) {
    view::explain(form, *problem);
    return std::nullopt;
  }
  return std::get<InvitedId>(outcome);
}

/// The member whom the invited is to follow: ?succeeds=.
struct Leaver {
  Member member;
  std::string organisation;  ///< as its field shows it
};
std::optional<Leaver> leaverOf(const Request& request, Host& host, const Network& network) {
  const auto id = parseId(request.query.text("succeeds"));
  if (!id) return std::nullopt;
  return host.read([&](ReadTx& tx) -> std::optional<Leaver> {
    const auto row = store::findMember(tx, network.id, MemberId{*id});
    if (!row) return std::nullopt;
    return Leaver{row->member, organisationText(tx, row->member.organisation, request.locale)};
  });
}

struct Asked {
  Network network;
  store::InvitedRow row;
};
Asked requireInvited(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const auto id = request.parameters.id<InvitedId>("invitation");
    auto row = id ? store::findInvited(tx, *id) : std::nullopt;
    if (!row || row->invited.network != network.id) throw NotFound();
    return Asked{std::move(network), std::move(*row)};
  });
}

}  // namespace

Response newInvitation(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  Form form(fieldsFor(network, request, host));
  form.fill("language", std::string(code(request.locale)));
  if (const auto leaver = leaverOf(request, host, network)) {
    form.fill("succeeds", leaver->member.id.text())
        .fill("organisation", leaver->organisation)
        .fill("role", std::string(code(leaver->member.role)));
    if (network.isNational() && leaver->member.region)
      form.fill("region", leaver->member.region->text());
    if (leaver->member.period.to) form.fill("from", leaver->member.period.to->plusDays(1).text());
  }
  return show(request, host, network, form);
}

Response sendInvitation(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  Form form = Form::read(fieldsFor(network, request, host), request.form);
  if (!inviteBy(form, network, request, host)) return show(request, host, network, form, 422);
  return host.redirect(request, view::pathOf(network.id), "contacts.flash.invited");
}

Response sendInvitationAgain(const Request& request, Host& host) {
  const auto [network, row] = requireInvited(request, host);
  const bool isSent = host.write(request, [&](WriteTx& tx) {
    return operations::inviteAgain(tx, host, network, row);
  });
  return host.redirect(request, view::pathOf(network.id),
                       isSent ? "contacts.flash.invited" : "contacts.flash.invitation_over");
}

Response withdrawInvitation(const Request& request, Host& host) {
  const auto [network, row] = requireInvited(request, host);
  host.write(request,
             [&](WriteTx& tx) { operations::withdrawInvitation(tx, network, row); });
  return host.redirect(request, view::pathOf(network.id), "contacts.flash.invitation_withdrawn");
}

Response apiInvite(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  Form form = Form::read(fieldsFor(network, request, host), request.form);
  const auto id = inviteBy(form, network, request, host);
  if (!id) return host.problem(request, form);
  return host.json(nlohmann::ordered_json{{"id", id->text()}}.dump(), 201);
}

}  // namespace toimela::contacts::handlers
