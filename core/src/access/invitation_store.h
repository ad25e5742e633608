// Invitations in the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/accounts.h"

namespace toimela::access {

struct StoredInvitation {
  accounts::InvitationId id;
  accounts::Invitation what;
  std::optional<PersonId> invitedBy;
  std::string inviter;  ///< name; empty when the system invited, or they were erased
  Instant expiresAt{};
};

accounts::InvitationId addInvitation(WriteTx& tx, const accounts::Invitation& invitation,
                                     std::string_view token);
/// Nothing when it is gone or its time is over.
std::optional<StoredInvitation> findInvitation(ReadTx& tx, accounts::InvitationId id, Instant now);
std::optional<StoredInvitation> findInvitation(ReadTx& tx, std::string_view token, Instant now);
/// The open invitation to the address with the purpose.
std::optional<accounts::InvitationId> findInvitationFor(ReadTx& tx, const EmailAddress& to,
                                                        std::string_view purpose, Instant now);
/// What is open, the latest first: all of it, or what the person sent.
std::vector<StoredInvitation> openInvitations(ReadTx& tx, std::optional<PersonId> by, Instant now,
                                              int limit);
/// False when it is gone or its time is over.
bool renewInvitation(WriteTx& tx, accounts::InvitationId id, std::string_view token);
/// Of several at the same moment, one is told that it deleted the invitation.
bool dropInvitation(WriteTx& tx, accounts::InvitationId id);
std::vector<StoredInvitation> overdueInvitations(ReadTx& tx, Instant now, int limit);
/// To the person's address, or by the person.
std::vector<StoredInvitation> invitationsTo(ReadTx& tx, PersonId person);
std::vector<StoredInvitation> invitationsBy(ReadTx& tx, PersonId person);
/// The invitations stay, without who sent them.
void forgetInviter(WriteTx& tx, PersonId person);

}  // namespace toimela::access
