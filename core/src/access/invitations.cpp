#include "access/invitations.h"

#include "access/passwords.h"
#include "access/throttle.h"
#include "toimela/directory.h"

namespace toimela {

namespace access {

namespace {

constexpr int kMostSweptAtOnce = 100;

AuditEntry entry(std::string action, accounts::InvitationId id) {
  return {.action = std::move(action), .object = "invitation:" + id.text()};
}

void mailInvitation(WriteTx& tx, Host& host, const StoredInvitation& invitation,
                    std::string_view token) {
  const accounts::Invitation& what = invitation.what;
  std::string name = what.givenName;
  if (!what.familyName.empty()) name.append(name.empty() ? "" : " ").append(what.familyName);
  View view;
  view.set("name", name)
      .set("inviter", invitation.inviter)
      .set("reason", what.reason)
      .set("last_day", showDate(Date::of(invitation.expiresAt), what.locale))
      .flag("is_unknown", !directory::findPerson(tx, what.to))
      .set("link", host.absolute(what.locale, "/invitations/" + std::string(token)));
  const char* const letter = what.purpose == kJoinPurpose ? "join" : "invitation";
  MailMessage mail = host.composeMail(what.to, name, what.locale, letter, std::move(view));
  mail.confidential = true;
  tx.mail(mail);
}

/// Whoever would flood a mailbox is not told that nothing is sent any more.
bool mayMail(WriteTx& tx, const EmailAddress& to) {
  return countAttempt(tx, kInvitationAddress, to.key(), tx.time()).count() == 0;
}

void end(WriteTx& tx, const StoredInvitation& invitation, std::string action) {
  tx.audit(entry(std::move(action), invitation.id));
  tx.publish(InvitationEnded{invitation.what.purpose});
}

}  // namespace

bool acceptInvitation(WriteTx& tx, const StoredInvitation& invitation, PersonId person) {
  if (!dropInvitation(tx, invitation.id)) return false;
  tx.audit(entry("core.invitation.accept", invitation.id));
  tx.publish(InvitationAccepted{invitation.what.purpose, person});
  return true;
}

bool declineInvitation(WriteTx& tx, const StoredInvitation& invitation) {
  if (!dropInvitation(tx, invitation.id)) return false;
  end(tx, invitation, "core.invitation.decline");
  return true;
}

bool withdrawInvitation(WriteTx& tx, const StoredInvitation& invitation) {
  if (!dropInvitation(tx, invitation.id)) return false;
  end(tx, invitation, "core.invitation.withdraw");
  return true;
}

void sweepInvitations(Host& host) {
  // Looked for first: most of the time nothing is to be written.
  const auto overdue =
      host.read([](ReadTx& tx) { return overdueInvitations(tx, now(), kMostSweptAtOnce); });
  if (overdue.empty()) return;
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    for (const StoredInvitation& invitation : overdueInvitations(tx, tx.time(), kMostSweptAtOnce))
      if (dropInvitation(tx, invitation.id)) end(tx, invitation, "core.invitation.run_out");
  });
}

}  // namespace access

namespace accounts {

InvitationId invite(WriteTx& tx, Host& host, const Invitation& invitation) {
  const std::string token = access::randomToken(24);
  const InvitationId id = access::addInvitation(tx, invitation, token);
  tx.audit(access::entry("core.invitation.add", id));
  if (access::mayMail(tx, invitation.to))
    access::mailInvitation(tx, host, access::findInvitation(tx, id, tx.time()).value(), token);
  return id;
}

bool inviteAgain(WriteTx& tx, Host& host, InvitationId id) {
  const auto invitation = access::findInvitation(tx, id, tx.time());
  if (!invitation) return false;
  // Without a new mail the link of the one before goes on working.
  if (!access::mayMail(tx, invitation->what.to)) return true;
  const std::string token = access::randomToken(24);
  if (!access::renewInvitation(tx, id, token)) return false;
  tx.audit(access::entry("core.invitation.renew", id));
  access::mailInvitation(tx, host, access::findInvitation(tx, id, tx.time()).value(), token);
  return true;
}

void withdraw(WriteTx& tx, InvitationId id) {
  if (access::dropInvitation(tx, id)) {
    tx.audit(access::entry("core.invitation.withdraw", id));
  } else {
    tx.unaudited("the invitation was gone already");
  }
}

}  // namespace accounts

}  // namespace toimela
