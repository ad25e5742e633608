#include "operations/invitations.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "store/handovers.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"

namespace toimela::contacts::operations {

namespace {

/// Without address and name, which are deleted with the invitation.
AuditEntry entryFor(std::string action, const Network& network, const Invited& invited) {
  const nlohmann::ordered_json detail{{"network", network.id.text()},
                                      {"role", code(invited.role)}};
  return {.action = std::move(action),
          .object = "contacts.invitation:" + invited.id.text(),
          .region = network.region,
          .organisation = invited.organisation,
          .detail = detail.dump()};
}

std::string reasonFor(Host& host, const Network& network, const Invited& invited,
                      Locale language) {
  const std::string role = "contacts.role." + std::string(code(invited.role));
  return host.texts().format(language, "contacts.invitation.reason",
                             {{"network", network.name.pick(language).text},
                              {"role", host.texts().get(language, role)}});
}

}  // namespace

std::variant<InvitedId, InviteProblem> invite(WriteTx& tx, Host& host, const Network& network,
                                              Invited wanted, Locale language) {
  if (!store::lockNetwork(tx, network.id)) throw NotFound();
  wanted.network = network.id;
  wanted.region = memberRegion(network, wanted.region);
  const auto known = directory::findPerson(tx, wanted.email);
  const Member member =
      memberFrom(wanted, known ? known->id : PersonId{}, Date::of(tx.time()));
  if (!member.period.ordered()) return InviteProblem::endsBeforeItStarts;
  if (wanted.succeeds) {
    const auto leaver = store::findMember(tx, network.id, *wanted.succeeds);
    if (!leaver) throw NotFound();
    if (!follows(member, leaver->member)) return InviteProblem::daysOverlap;
  }
  if (known && problemWith(member, store::membershipsOf(tx, network.id, known->id)))
    return InviteProblem::alreadyMember;
  const auto id = store::insertInvited(tx, wanted);
  if (!id) {
    tx.unaudited("the address has an open invitation");
    return InviteProblem::alreadyInvited;
  }
  wanted.id = *id;
  const auto invitation = accounts::invite(
      tx, host,
      {.to = wanted.email,
       .givenName = wanted.givenName,
       .familyName = wanted.familyName,
       .locale = language,
       .reason = reasonFor(host, network, wanted, language),
       .purpose = purposeOf(*id),
       .path = "/contacts/networks/" + network.id.text()});
  store::noteInvitation(tx, *id, invitation);
  tx.audit(entryFor("contacts.invitation.add", network, wanted));
  return *id;
}

bool inviteAgain(WriteTx& tx, Host& host, const Network& network, const store::InvitedRow& row) {
  const bool isSent = accounts::inviteAgain(tx, host, row.invitation);
  if (!isSent) store::removeInvited(tx, row.invited.id);
  tx.audit(entryFor(isSent ? "contacts.invitation.again" : "contacts.invitation.end", network,
                    row.invited));
  return isSent;
}

void withdrawInvitation(WriteTx& tx, const Network& network, const store::InvitedRow& row) {
  accounts::withdraw(tx, row.invitation);
  store::removeInvited(tx, row.invited.id);
  tx.audit(entryFor("contacts.invitation.withdraw", network, row.invited));
}

void invitationAccepted(WriteTx& tx, const InvitationAccepted& event) {
  const auto id = parsePurpose(event.purpose);
  const auto row = id ? store::findInvited(tx, *id) : std::nullopt;
  if (!row) return;
  const Invited& invited = row->invited;
  store::removeInvited(tx, invited.id);
  if (!store::lockNetwork(tx, invited.network)) return;
  const Network network = store::findNetwork(tx, invited.network).value();
  Member member = memberFrom(invited, event.person, Date::of(tx.time()));
  // Somebody may have added them meanwhile; then they have what they were asked to take.
  if (problemWith(member, store::membershipsOf(tx, network.id, member.person))) {
    tx.audit(entryFor("contacts.invitation.end", network, invited));
    return;
  }
  member.id = store::insertMember(tx, network.id, member);
  if (invited.succeeds) store::noteSuccessor(tx, *invited.succeeds, member.id);
  tx.audit(entryFor("contacts.invitation.accept", network, invited));
  tx.audit(operations::entryFor("contacts.member.add", network, member));
}

void invitationEnded(WriteTx& tx, const InvitationEnded& event) {
  const auto id = parsePurpose(event.purpose);
  const auto row = id ? store::findInvited(tx, *id) : std::nullopt;
  if (!row) return;
  store::removeInvited(tx, row->invited.id);
  if (const auto network = store::findNetwork(tx, row->invited.network))
    tx.audit(entryFor("contacts.invitation.end", *network, row->invited));
}

}  // namespace toimela::contacts::operations
