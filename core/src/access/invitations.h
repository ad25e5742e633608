// What becomes of invitations. Inviting itself is the kit's: toimela/accounts.h.
#pragma once

#include <optional>
#include <string_view>

#include "access/invitation_store.h"
#include "toimela/host.h"

namespace toimela::access {

/// The person accepts; their account may be new. False when somebody else was faster with the same
/// link. Publishes InvitationAccepted.
bool acceptInvitation(WriteTx& tx, const StoredInvitation& invitation, PersonId person);
/// Forgets the invited. False as above. Publishes InvitationEnded.
bool declineInvitation(WriteTx& tx, const StoredInvitation& invitation);
/// Forgets everybody whose time is over, and publishes InvitationEnded for each.
void sweepInvitations(Host& host);

}  // namespace toimela::access
