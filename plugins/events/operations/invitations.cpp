#include "operations/invitations.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "operations/letters.h"
#include "operations/locked.h"
#include "store/invitations.h"

namespace toimela::events::operations {

std::int64_t inviteMembers(WriteTx& tx, EventId id, std::span<const PersonId> members) {
  const Event event = lockedEvent(tx, id);
  if (event.visibility != Visibility::network || event.status != EventStatus::published ||
      now() >= event.closesAt.value_or(event.startsAt)) {
    tx.unaudited("nobody can register who is invited now");
    return 0;
  }
  std::int64_t invited = 0;
  for (const PersonId person : members)
    if (const auto invitation = store::insertInvitation(tx, {id, person})) {
      tx.letter(kInvitation, invitation->value);
      ++invited;
    }
  AuditEntry entry = entryFor("events.invitation.send", event);
  entry.detail = nlohmann::json{{"letters", invited}}.dump();
  tx.audit(std::move(entry));
  return invited;
}

}  // namespace toimela::events::operations
