// Who of a network was invited to its event.
#pragma once

#include <optional>
#include <vector>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

struct Invitation {
  EventId event;
  PersonId person;
};
std::optional<Invitation> findInvitation(ReadTx& tx, InvitationId id);
/// Notes that the person is invited; nothing when they were already.
std::optional<InvitationId> insertInvitation(WriteTx& tx, const Invitation& invitation);
std::int64_t countInvited(ReadTx& tx, EventId event);

/// A person's invitations, the latest last.
struct OwnInvitation {
  EventId event;
  Instant invitedAt;
};
std::vector<OwnInvitation> invitationsOf(ReadTx& tx, PersonId person);
void forgetInvitations(WriteTx& tx, PersonId person);

}  // namespace toimela::events::store
