// What is asked of those with a place: who was asked, and who has answered.
#pragma once

#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Does the event ask anything of those who have a place?
bool hasFollowUp(ReadTx& tx, EventId event);
/// Notes that the registration is asked; false when it was already, in this transaction.
[[nodiscard]] bool noteFollowUpAsked(WriteTx& tx, RegistrationId registration);
/// Registrations with a confirmed address in which somebody with a place has not answered.
std::vector<RegistrationId> owingFollowUp(ReadTx& tx, EventId event);
/// Keeps the answers of a participant and that they have given them.
void setFollowUp(WriteTx& tx, ParticipantId participant, const std::string& answers);

}  // namespace toimela::events::store
