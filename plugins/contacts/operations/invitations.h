// Joining by invitation: rule, save, audit entry and mail in one transaction.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/invitation.h"
#include "store/invitations.h"
#include "toimela/accounts.h"
#include "toimela/data.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

/// The mail is in `language`.
std::variant<InvitedId, InviteProblem> invite(WriteTx& tx, Host& host, const Network& network,
                                              Invited wanted, Locale language);
/// Sends the mail again; false when the time was over, and the place is gone.
bool inviteAgain(WriteTx& tx, Host& host, const Network& network, const store::InvitedRow& row);
void withdrawInvitation(WriteTx& tx, const Network& network, const store::InvitedRow& row);

/// The invited becomes a member. Those of other plugins are let be.
void invitationAccepted(WriteTx& tx, const InvitationAccepted& event);
void invitationEnded(WriteTx& tx, const InvitationEnded& event);

}  // namespace toimela::contacts::operations
