// What becomes of invitations. Inviting itself is the kit's: toimela/accounts.h.
#pragma once

#include <optional>
#include <string_view>

#include "access/invitation_store.h"
#include "toimela/host.h"

namespace toimela::access {

/// The purpose of what somebody asked for themselves: an account without any role.
inline constexpr std::string_view kJoinPurpose = "core.join";

/// The person accepts; their account may be new. False when somebody else was faster with the same
/// link. Publishes InvitationAccepted.
bool acceptInvitation(WriteTx& tx, const StoredInvitation& invitation, PersonId person);
/// Forgets the invited. False as above. Publishes InvitationEnded.
bool declineInvitation(WriteTx& tx, const StoredInvitation& invitation);
/// Takes it back on behalf of the administration: as if it was declined, with another name.
bool withdrawInvitation(WriteTx& tx, const StoredInvitation& invitation);
/// Forgets everybody whose time is over, and publishes InvitationEnded for each.
void sweepInvitations(Host& host);

}  // namespace toimela::access
