// Places that somebody is asked to take, until they answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/invitation.h"
#include "toimela/accounts.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

struct InvitedRow {
  Invited invited;
  accounts::InvitationId invitation;  ///< core's
  LocalText organisation;
  Instant createdAt{};
};
/// The oldest first.
std::vector<InvitedRow> invitedTo(ReadTx& tx, NetworkId network);
std::optional<InvitedRow> findInvited(ReadTx& tx, InvitedId id);

/// Nothing when the address has an open invitation to the network.
std::optional<InvitedId> insertInvited(WriteTx& tx, const Invited& invited);
void noteInvitation(WriteTx& tx, InvitedId id, accounts::InvitationId invitation);
void removeInvited(WriteTx& tx, InvitedId id);
/// Removes what a person was asked, and their name from what they asked others.
void forgetInvited(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::store
